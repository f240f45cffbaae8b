#include "chat/messages.h"

#include <utility>

#include "chat/access.h"
#include "chat/assignment.h"
#include "chat/bot_room.h"
#include "chat/bot_turn.h"
#include "chat/chat_moves.h"
#include "chat/idempotency.h"
#include "chat/names.h"
#include "chat/order_messages.h"
#include "chat/preferences.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/room_start.h"
#include "chat/routing.h"
#include "chat/student_access.h"
#include "chat/uploads.h"

namespace parlor::chat {

namespace {

// The answer that this write got the first time; nothing if this is the first.
Result<std::optional<MessageSent>> sent_before(Transaction& transaction, const Actor& actor,
                                               const RepeatableWrite& write) {
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (!*earlier) return std::nullopt;
  const RoomId room_id{std::stoll((*earlier)->detail)};
  const auto access = access_room(transaction, actor, room_id);
  if (!access) return access.failure();
  auto message =
      transaction.messages().find(actor.account, room_id, MessageId{(*earlier)->subject});
  if (!message) return fail(ErrorCode::gone, "The message sent with this client id was deleted");
  const auto progress =
      progress_of(transaction.rooms().markers(actor.account, room_id), access->room.conversation);
  const auto status = status_of(*message, progress);
  return MessageSent{std::move(*message), status, true};
}

// Where an agent's message goes: a room that is there, or the inbox and contact of a new one.
struct Destination {
  std::optional<AccessedRoom> room;
  std::optional<Inbox> inbox;
  std::optional<Contact> contact;
};

Result<Destination> find_destination(Transaction& transaction, const Actor& actor,
                                     const SendAgentMessage& input) {
  Destination destination;
  if (!input.new_room) {
    auto access = access_room(transaction, actor, input.room);
    if (!access) return access.failure();
    destination.room = std::move(*access);
    return destination;
  }
  auto inbox = access_inbox(transaction, actor, input.new_room->inbox);
  if (!inbox) return inbox.failure();
  destination.inbox = std::move(*inbox);
  destination.contact = transaction.contacts().find(actor.account, input.new_room->contact);
  if (!destination.contact) return fail(ErrorCode::not_found, "Contact not found");
  return destination;
}

AccessedRoom open_destination(Transaction& transaction, const Actor& actor,
                              const MessageDraft& draft, Destination destination) {
  if (destination.room) return std::move(*destination.room);
  const std::string subject = draft.type == MessageType::note ? "" : subject_of(draft.content);
  RoomStart start{
      *destination.contact, *destination.inbox, subject, {actor.conversation}, actor.conversation};
  if (is_students_door(*destination.contact, *destination.inbox)) start.student.emplace();
  Room room = start_room(transaction, std::move(start));
  return AccessedRoom{std::move(room), std::move(*destination.inbox)};
}

// A member of the inbox who answers a room that is nobody's takes it.
void take_if_unassigned(Transaction& transaction, const Actor& actor, const MessageDraft& draft,
                        AccessedRoom& access) {
  auto& [room, inbox] = access;
  if (!room.assignees.empty() || draft.type == MessageType::note) return;
  if (!transaction.inboxes().is_member(actor.account, inbox.id, actor.conversation)) return;
  assign_room(transaction, room, inbox, inbox, {actor.conversation}, actor.conversation);
}

// Who writes to the customer has taken the conversation from the bot.
void take_over(Transaction& transaction, const Actor& actor, AccessedRoom& access,
               bool was_with_bot) {
  const auto by = actor.conversation;
  if (access.room.student) return take_student_chat(transaction, access, by, by);
  take_from_bot(transaction, access, was_with_bot, by);
}

void reopen_if_needed(Transaction& transaction, const Actor& actor, AccessedRoom& access) {
  auto& [room, inbox] = access;
  if (!customer_message_reopens(room.status)) return;
  set_status(room, RoomStatus::open, next_stamp(room, transaction.now()));
  const auto seq = append_change(transaction, room, RoomChangeKind::status, actor.conversation,
                                 std::string(name_of(room.status)));
  announce_change(transaction, room, inbox.visibility, RoomChangeKind::status, seq);
  route_reopened(transaction, room, inbox);
}

MessageSent send(Transaction& transaction, const Actor& actor, AccessedRoom& access,
                 const MessageDraft& draft, const RepeatableWrite& write) {
  Message message = append_message(transaction, access.room, actor, draft);
  transaction.rooms().update(access.room);
  announce_message(transaction, access.room, access.inbox.visibility, message);
  follow_order_message(transaction, actor, access, message, draft);
  write.remember(transaction, message.id.value, std::to_string(access.room.id.value));
  return MessageSent{std::move(message), DeliveryStatus::sent, false};
}

// Only a write that may come again is digested.
std::string body_of(const SendAgentMessage& input) {
  if (input.client_id.empty()) return {};
  BodyDigest body;
  body.add(digest_of(input.message));
  if (input.new_room) {
    body.add("new").add(input.new_room->contact.value).add(input.new_room->inbox.value);
  } else {
    body.add(input.room.value);
  }
  return body.finish();
}

std::string body_of(const SendUserMessage& input) {
  if (input.client_id.empty()) return {};
  return BodyDigest().add(input.room.value).add(digest_of(input.message)).finish();
}

}  // namespace

Result<MessageSent> send_agent_message(Transaction& transaction, const Actor& actor,
                                       const SendAgentMessage& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  auto destination = find_destination(transaction, actor, input);
  if (!destination) return destination.failure();
  if (auto checked = check_draft(input.message); !checked) return checked.failure();

  const RepeatableWrite write(actor, "send_agent_message", input.client_id, body_of(input));
  auto earlier = sent_before(transaction, actor, write);
  if (!earlier) return earlier.failure();
  if (*earlier) return std::move(**earlier);
  const auto claimed = claim_uploads(transaction, actor, input.message);
  if (!claimed) return claimed.failure();
  const MessageDraft& draft = *claimed ? **claimed : input.message;

  if (destination->contact) {
    auto free = require_no_chat_yet(transaction, *destination->contact, *destination->inbox);
    if (!free) return free.failure();
  }
  AccessedRoom access = open_destination(transaction, actor, draft, std::move(*destination));
  const RoomStanding before = standing_of(access.room);
  const bool was_with_bot = is_with_bot(access.room, access.inbox);
  take_if_unassigned(transaction, actor, draft, access);
  if (draft.type != MessageType::note) take_over(transaction, actor, access, was_with_bot);
  auto sent = send(transaction, actor, access, draft, write);
  if (access.room.student || was_with_bot) {
    follow_room(transaction, before, access.room, access.inbox);
  }
  return sent;
}

Result<MessageSent> send_user_message(Transaction& transaction, const Actor& actor,
                                      const SendUserMessage& input) {
  if (auto contact = require_contact(actor); !contact) return contact.failure();
  auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  if (access->room.student) return fail(ErrorCode::forbidden, "A student's chat has its own API");
  if (input.message.type == MessageType::note) {
    return fail(ErrorCode::invalid, "type must be one of text, image, file: notes are for agents");
  }
  if (auto checked = check_draft(input.message); !checked) return checked.failure();

  const RepeatableWrite write(actor, "send_user_message", input.client_id, body_of(input));
  auto earlier = sent_before(transaction, actor, write);
  if (!earlier) return earlier.failure();
  if (*earlier) return std::move(**earlier);
  const bool bot_answers = bot_answers_next(access->room, access->inbox);
  if (bot_answers) {
    if (auto ready = require_ready(input.bot, actor.account); !ready) return ready.failure();
  }
  const auto claimed = claim_uploads(transaction, actor, input.message);
  if (!claimed) return claimed.failure();

  wake_room(transaction, access->room);
  const RoomStanding before = standing_of(access->room);
  if (!bot_answers) reopen_if_needed(transaction, actor, *access);
  const MessageDraft& draft = *claimed ? **claimed : input.message;
  auto sent = send(transaction, actor, *access, draft, write);
  if (bot_answers) {
    take_bot_turn(transaction, *access, sent.message, input.bot);
    transaction.rooms().update(access->room);
  }
  follow_room(transaction, before, access->room, access->inbox);
  return sent;
}

}  // namespace parlor::chat
