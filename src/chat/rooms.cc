#include "chat/rooms.h"

#include <tuple>
#include <utility>

#include "chat/access.h"
#include "chat/bot_turn.h"
#include "chat/chat_moves.h"
#include "chat/idempotency.h"
#include "chat/message_draft.h"
#include "chat/names.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/room_start.h"
#include "chat/routing.h"
#include "chat/student_access.h"
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
  access->room.status = parse_name<RoomStatus>(outcome.detail).value_or(RoomStatus::open);
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

// The room may be people's at once.
void answer_first(Transaction& transaction, AccessedRoom& access, const Message& first,
                  const BotInput& bot) {
  const RoomStanding before = standing_of(access.room);
  take_bot_turn(transaction, access, first, bot);
  follow_room(transaction, before, access.room, access.inbox);
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

  if (inbox->has_bot) {
    if (auto ready = require_ready(input.bot, actor.account); !ready) return ready.failure();
  }
  const auto contact = transaction.contacts().find(actor.account, actor.contact).value();
  RoomStart start{contact, *inbox, subject_of(input.description), {}, actor.conversation};
  start.bot_first = inbox->has_bot;
  if (!start.bot_first) {
    if (const auto agent = next_assignee(transaction, *inbox)) start.assignees.push_back(*agent);
  }
  AccessedRoom access{start_room(transaction, std::move(start)), *inbox};
  Room& room = access.room;
  Message message = append_message(transaction, room, actor, first);
  announce_message(transaction, room, inbox->visibility, message);
  if (inbox->has_bot) answer_first(transaction, access, message, input.bot);
  transaction.rooms().update(room);
  write.remember(transaction, room.id.value, std::string(name_of(room.status)));
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
  auto free = require_no_chat_yet(transaction, *contact, *inbox);
  if (!free) return free.failure();
  RoomStart start{*contact, *inbox, "", {actor.conversation}, actor.conversation};
  const bool is_students = is_students_door(*contact, *inbox);
  if (is_students) start.student.emplace();
  Room room = start_room(transaction, std::move(start));
  if (is_students) {
    AccessedRoom chat{std::move(room), *inbox};
    take_student_chat(transaction, chat, actor.conversation, actor.conversation);
    transaction.rooms().update(chat.room);
    room = std::move(chat.room);
  }
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
  if (access->inbox.channel == Channel::order) {
    if (auto order = transaction.order_rooms().find(room.account, room.id))
      detail.order = OrderDetail{std::move(*order),
                                 transaction.order_rooms().participants(room.account, room.id)};
  }
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

}  // namespace parlor::chat
