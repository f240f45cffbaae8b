// Assigning and changing rooms that are there.
#include <algorithm>
#include <sstream>
#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/assignment.h"
#include "chat/bot_room.h"
#include "chat/chat_moves.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/names.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/rooms.h"
#include "chat/routing.h"
#include "chat/student_status.h"

namespace parlor::chat {

namespace {

Failure not_found(std::string message) { return fail(ErrorCode::not_found, std::move(message)); }

Result<Ok> check_assignees(Transaction& transaction, const Room& room, const ReassignRoom& input) {
  if (input.agents.size() > kMaxAssignees) {
    return fail(ErrorCode::invalid,
                "A room has at most " + std::to_string(kMaxAssignees) + " assignees");
  }
  for (const ConversationId id : input.agents) {
    const auto agent = transaction.agents().find_by_conversation(room.account, id);
    if (!agent) return not_found("Agent " + to_hex(id) + " not found");
    if (agent->deactivated_at != Timestamp{}) {
      return fail(ErrorCode::invalid,
                  "Agent \"" + agent->name + "\" is deactivated: choose another");
    }
    if (input.inbox && !transaction.inboxes().is_member(room.account, *input.inbox, id)) {
      return fail(ErrorCode::invalid,
                  "Agent \"" + agent->name + "\" is not a member of the inbox: add it there first");
    }
  }
  return Ok{};
}

bool same_assignees(const Room& room, const std::vector<ConversationId>& agents) {
  Room wanted = room;
  set_assignees(wanted, agents, {});
  return wanted.assignees == room.assignees;
}

Result<std::vector<std::string>> check_tags(const std::vector<std::string>& written) {
  std::vector<std::string> tags;
  for (const std::string& tag : written) {
    auto line = check_required_line("tag", tag, kMaxTagCharacters);
    if (!line) return line.failure();
    if (std::find(tags.begin(), tags.end(), *line) == tags.end()) tags.push_back(std::move(*line));
  }
  if (tags.size() > kMaxTags) {
    return fail(ErrorCode::invalid, "A room has at most " + std::to_string(kMaxTags) + " tags");
  }
  return tags;
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

// Only a write that may come again is digested.
std::string body_of(const UpdateRoom& input) {
  if (input.client_id.empty()) return {};
  BodyDigest body;
  body.add(input.room.value);
  body.add(input.status ? name_of(*input.status) : "")
      .add(input.priority ? name_of(*input.priority) : "");
  body.add(input.tags ? "tags" : "")
      .add(joined_lines(input.tags.value_or(std::vector<std::string>())));
  body.add(input.notes ? "notes" : "").add(input.notes.value_or(""));
  return body.finish();
}

// What an update's answer shows beside the tags and notes that it sent.
std::string spell_answer(const Room& room) {
  std::string text(name_of(room.status));
  text.append(" ").append(name_of(room.priority));
  text.append(" ").append(std::to_string(room.updated_at.ms));
  text.append(" ").append(std::to_string(room.closed_at.ms));
  return text;
}

Room updated_before(Room room, const UpdateRoom& input, const std::vector<std::string>& tags,
                    const std::string& answer) {
  std::istringstream parts(answer);
  std::string status, priority;
  parts >> status >> priority >> room.updated_at.ms >> room.closed_at.ms;
  room.status = parse_name<RoomStatus>(status).value_or(room.status);
  room.priority = parse_name<Priority>(priority).value_or(room.priority);
  room.tags = tags;
  room.notes = input.notes.value_or(room.notes);
  return room;
}

Result<Ok> check_update(const UpdateRoom& input) {
  if (!input.status && !input.priority && !input.tags && !input.notes) {
    return fail(ErrorCode::invalid, "At least one of status, priority, tags, notes is required");
  }
  if (!input.notes) return Ok{};
  auto notes = check_text("notes", *input.notes, kMaxNotesCharacters);
  if (!notes) return notes.failure();
  return Ok{};
}

// A student's chat has more statuses than the room it is.
void set_by_hand(Transaction& transaction, AccessedRoom& chat, RoomStatus wanted,
                 ConversationId by) {
  const auto to = student_status_for(chat.room.student->status, wanted);
  if (to == StudentStatus::admin_handling) return take_student_chat(transaction, chat, by, by);
  move_chat(transaction, chat, {to, by});
}

}  // namespace

Result<Room> reassign_room(Transaction& transaction, const Actor& actor,
                           const ReassignRoom& input) {
  auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  auto& [room, from] = *access;

  BodyDigest body;
  body.add(input.room.value).add(input.inbox.value_or(InboxId{}).value);
  for (const ConversationId agent : input.agents) body.add(agent.value);
  const RepeatableWrite write(actor, "reassign_room", input.client_id, body.finish());
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) {
    room.assignees = parse_assignees((*earlier)->detail);
    return std::move(room);
  }

  const auto to = transaction.inboxes().find(actor.account, input.inbox.value_or(from.id));
  if (!to) return not_found("Inbox not found");
  if (auto checked = check_assignees(transaction, room, input); !checked) return checked.failure();
  if (to->id != from.id || !same_assignees(room, input.agents)) {
    const RoomStanding stood = standing_of(room);
    const bool was_with_bot = is_with_bot(room, from);
    assign_room(transaction, room, from, *to, input.agents, actor.conversation);
    if (room.student && !input.agents.empty()) {
      take_student_chat(transaction, *access, input.agents.front(), actor.conversation);
    }
    if (was_with_bot && !is_with_bot(room, *to)) {
      from = *to;
      take_from_bot(transaction, *access, true, actor.conversation);
      follow_room(transaction, stood, room, *to);
    }
    transaction.rooms().update(room);
  }
  write.remember(transaction, room.id.value, spell_assignees_with_times(room));
  return std::move(room);
}

Result<Room> update_room(Transaction& transaction, const Actor& actor, const UpdateRoom& input) {
  auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  if (auto checked = check_update(input); !checked) return checked.failure();
  const auto tags = check_tags(input.tags.value_or(access->room.tags));
  if (!tags) return tags.failure();

  Room& room = access->room;
  const RepeatableWrite write(actor, "update_room", input.client_id, body_of(input));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) return updated_before(std::move(room), input, *tags, (*earlier)->detail);

  const auto before = room.seq;
  const RoomStanding stood = standing_of(room);
  const auto changed = [&](RoomChangeKind kind, std::string value) {
    const auto seq = append_change(transaction, room, kind, actor.conversation, std::move(value));
    announce_change(transaction, room, access->inbox.visibility, kind, seq);
  };
  if (input.status && room.student) {
    set_by_hand(transaction, *access, *input.status, actor.conversation);
  } else if (input.status && *input.status != room.status) {
    set_status(room, *input.status, next_stamp(room, transaction.now()));
    note_status_by_hand(transaction, room);
    changed(RoomChangeKind::status, std::string(name_of(room.status)));
  }
  if (input.priority && *input.priority != room.priority) {
    room.priority = *input.priority;
    changed(RoomChangeKind::priority, std::string(name_of(room.priority)));
  }
  if (*tags != room.tags) {
    const auto tags_before = std::exchange(room.tags, *tags);
    transaction.room_tags().replace(room, tags_before);
    changed(RoomChangeKind::tags, joined_lines(room.tags));
  }
  if (input.notes && *input.notes != room.notes) {
    room.notes = *input.notes;
    changed(RoomChangeKind::notes, room.notes);
  }
  if (room.seq != before) transaction.rooms().update(room);
  write.remember(transaction, room.id.value, spell_answer(room));
  follow_room(transaction, stood, room, access->inbox);
  return std::move(room);
}

Result<Room> change_room(Transaction& transaction, const Actor& actor, const ChangeRoom& input) {
  UpdateRoom update;
  update.room = input.room;
  update.status = input.status;
  update.priority = input.priority;
  update.tags = input.tags;
  update.client_id = input.client_id;
  ReassignRoom reassign;
  reassign.room = input.room;
  reassign.agents = input.agents.value_or(std::vector<ConversationId>());
  reassign.client_id = input.client_id;

  // One request's client id stands for a write of each of its rooms.
  if (!input.client_id.empty() && input.client_id.size() <= kMaxClientIdBytes) {
    update.client_id =
        base64url_encode(BodyDigest().add(input.client_id).add(input.room.value).finish());
    reassign.client_id = update.client_id;
  }
  const bool updates = input.status || input.priority || input.tags;
  if (!updates && !input.agents) {
    return fail(ErrorCode::invalid, "At least one of status, priority, assignee, tags is required");
  }
  // Who may not assign it so must not have changed it either.
  if (input.agents) {
    const auto access = access_room(transaction, actor, input.room);
    if (!access) return access.failure();
    const auto checked = check_assignees(transaction, access->room, reassign);
    if (!checked) return checked.failure();
  }
  if (!input.agents) return update_room(transaction, actor, update);
  if (!updates) return reassign_room(transaction, actor, reassign);
  auto updated = update_room(transaction, actor, update);
  if (!updated) return updated;
  auto reassigned = reassign_room(transaction, actor, reassign);
  if (!reassigned) return reassigned;
  updated->assignees = std::move(reassigned->assignees);
  return updated;
}

}  // namespace parlor::chat
