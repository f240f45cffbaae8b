#include "chat/rooms.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chat/access.h"
#include "chat/assignment.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/message_draft.h"
#include "chat/names.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/room_start.h"
#include "chat/routing.h"
#include "chat/unread.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

Failure not_found(std::string message) { return fail(ErrorCode::not_found, std::move(message)); }

// The answer given first: the room as it began.
Result<RoomCreatedAnswer> created_before(Transaction& transaction, const Actor& actor,
                                         const CreateUserRoom& input,
                                         const StoredOutcome& outcome) {
  auto access = access_room(transaction, actor, RoomId{outcome.subject});
  if (!access) return access.failure();
  MessageQuery first;
  first.account = actor.account;
  first.room = access->room.id;
  first.newest_first = false;
  first.limit = 1;
  auto messages = transaction.messages().list(first);
  access->room.status = RoomStatus::open;
  access->room.inbox = input.inbox;
  return RoomCreatedAnswer{std::move(access->room), std::move(messages.at(0))};
}

std::vector<AssigneeDetail> details_of(Transaction& transaction, const Room& room) {
  std::vector<AssigneeDetail> details;
  for (const Assignee& assignee : room.assignees) {
    const auto agent = transaction.agents().find_by_conversation(room.account, assignee.agent);
    if (!agent) continue;
    details.push_back({agent->conversation, agent->name, agent->email, assignee.assigned_at});
  }
  return details;
}

// The contacts that every given criterion names.
std::vector<Contact> matching_contacts(Transaction& transaction, AccountId account,
                                       const FindRoomByContact& input, const std::string& email,
                                       const std::string& phone) {
  auto& contacts = transaction.contacts();
  std::vector<Contact> found;
  if (input.contact) {
    if (auto contact = contacts.find(account, *input.contact)) found.push_back(*contact);
  } else if (!email.empty()) {
    found = contacts.find_by_email(account, email);
  } else {
    found = contacts.find_by_phone(account, phone);
  }
  std::erase_if(found, [&](const Contact& contact) {
    return (!email.empty() && contact.email != email) || (!phone.empty() && contact.phone != phone);
  });
  return found;
}

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

Result<Ok> check_update(const UpdateRoom& input) {
  if (!input.status && !input.priority && !input.tags && !input.notes) {
    return fail(ErrorCode::invalid, "At least one of status, priority, tags, notes is required");
  }
  if (!input.notes) return Ok{};
  auto notes = check_text("notes", *input.notes, kMaxNotesCharacters);
  if (!notes) return notes.failure();
  return Ok{};
}

}  // namespace

Result<RoomCreatedAnswer> create_user_room(Transaction& transaction, const Actor& actor,
                                           const CreateUserRoom& input) {
  if (auto contact = require_contact(actor); !contact) return contact.failure();
  const auto inbox = transaction.inboxes().find(actor.account, input.inbox);
  if (!inbox) return not_found("Inbox not found");
  if (trimmed(input.description).empty()) {
    return fail(ErrorCode::invalid, "description is required");
  }
  MessageDraft first;
  first.content = input.description;
  if (auto checked = check_draft(first); !checked) return checked.failure();

  const RepeatableWrite write(actor, "create_user_room", input.client_id,
                              BodyDigest().add(input.inbox.value).add(input.description).finish());
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) return created_before(transaction, actor, input, **earlier);

  const auto contact = transaction.contacts().find(actor.account, actor.contact).value();
  std::vector<ConversationId> assignees;
  if (const auto agent = next_assignee(transaction, *inbox)) assignees.push_back(*agent);
  Room room = start_room(
      transaction, {contact, *inbox, subject_of(input.description), assignees, actor.conversation});
  Message message = append_message(transaction, room, actor, first);
  transaction.rooms().update(room);
  announce_message(transaction, room, inbox->visibility, message);
  write.remember(transaction, room.id.value);
  return RoomCreatedAnswer{std::move(room), std::move(message)};
}

Result<Room> create_internal_room(Transaction& transaction, const Actor& actor,
                                  const CreateInternalRoom& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  const auto inbox = access_inbox(transaction, actor, input.inbox);
  if (!inbox) return inbox.failure();
  const auto contact = transaction.contacts().find(actor.account, input.contact);
  if (!contact) return not_found("Contact not found");

  const RepeatableWrite write(
      actor, "create_internal_room", input.client_id,
      BodyDigest().add(input.inbox.value).add(input.contact.value).finish());
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) {
    auto access = access_room(transaction, actor, RoomId{(*earlier)->subject});
    if (!access) return access.failure();
    return std::move(access->room);
  }
  Room room =
      start_room(transaction, {*contact, *inbox, "", {actor.conversation}, actor.conversation});
  write.remember(transaction, room.id.value);
  return room;
}

Result<RoomDetail> get_room(Transaction& transaction, const Actor& actor, RoomId id) {
  auto access = access_room(transaction, actor, id);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  const Room& room = access->room;
  RoomDetail detail;
  detail.contact = transaction.contacts().find(room.account, room.contact).value();
  detail.assignees = details_of(transaction, room);
  detail.unread = unread_of(actor.kind, room,
                            transaction.rooms().marker(room.account, room.id, actor.conversation));
  detail.preference =
      transaction.room_preferences().find(room.account, room.id, actor.conversation);
  detail.inbox = std::move(access->inbox);
  detail.room = std::move(access->room);
  return detail;
}

Result<std::optional<RoomId>> find_room_by_contact(Transaction& transaction, const Actor& actor,
                                                   const FindRoomByContact& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  const std::string email = lower_case(trimmed(input.email));
  const std::string phone(trimmed(input.phone));
  if (email.empty() && phone.empty() && !input.contact) {
    return fail(ErrorCode::invalid, "At least one of email, phone, contact_id is required");
  }
  const auto better = [](const Room& a, const Room& b) {
    return std::tuple(a.status != RoomStatus::closed, a.created_at) >
           std::tuple(b.status != RoomStatus::closed, b.created_at);
  };
  std::optional<Room> best;
  for (const Contact& contact :
       matching_contacts(transaction, actor.account, input, email, phone)) {
    auto room = transaction.rooms().newest_open_of_contact(actor.account, contact.id);
    if (room && (!best || better(*room, *best))) best = std::move(room);
  }
  if (!best) return std::nullopt;
  return best->id;
}

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
    assign_room(transaction, room, from, *to, input.agents, actor.conversation);
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
  const auto before = room.seq;
  const RoomStanding stood = standing_of(room);
  const auto changed = [&](RoomChangeKind kind, std::string value) {
    const auto seq = append_change(transaction, room, kind, actor.conversation, std::move(value));
    announce_change(transaction, room, access->inbox.visibility, kind, seq);
  };
  if (input.status && *input.status != room.status) {
    set_status(room, *input.status, next_stamp(room, transaction.now()));
    changed(RoomChangeKind::status, std::string(name_of(room.status)));
  }
  if (input.priority && *input.priority != room.priority) {
    room.priority = *input.priority;
    changed(RoomChangeKind::priority, std::string(name_of(room.priority)));
  }
  if (*tags != room.tags) {
    room.tags = *tags;
    changed(RoomChangeKind::tags, joined_lines(room.tags));
  }
  if (input.notes && *input.notes != room.notes) {
    room.notes = *input.notes;
    changed(RoomChangeKind::notes, room.notes);
  }
  if (room.seq != before) transaction.rooms().update(room);
  follow_room(transaction, stood, room, access->inbox);
  return std::move(room);
}

}  // namespace parlor::chat
