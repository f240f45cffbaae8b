#include "chat/student_access.h"

#include <utility>

#include "chat/room_start.h"
#include "chat/student_inbox.h"

namespace parlor::chat {

namespace {

Failure chat_not_found(const Actor& actor) {
  if (!actor.is_team()) return access_denied();
  return fail(ErrorCode::not_found, "Chat not found");
}

}  // namespace

Result<AccessedRoom> access_student_chat(Transaction& transaction, const Actor& actor,
                                         RoomId chat) {
  if (actor.is_team()) {
    if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  } else if (auto student = require_student(actor); !student) {
    return student.failure();
  }
  auto room = transaction.rooms().find(actor.account, chat);
  if (!room || !room->student) return chat_not_found(actor);
  if (!actor.is_team() && room->contact != actor.contact) return access_denied();
  auto inbox = transaction.inboxes().find(actor.account, room->inbox).value();
  return AccessedRoom{std::move(*room), std::move(inbox)};
}

Result<AccessedRoom> access_chat_of_message(Transaction& transaction, const Actor& actor,
                                            MessageId message) {
  const auto room = transaction.messages().room_of(actor.account, message);
  auto chat = access_student_chat(transaction, actor, room.value_or(RoomId{}));
  if (!chat && chat.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "Message not found");
  }
  return chat;
}

std::optional<RoomId> own_chat(Transaction& transaction, const Actor& actor) {
  if (!actor.contact) return std::nullopt;
  return transaction.student_chats().of_contact(actor.account, actor.contact);
}

Result<AccessedRoom> open_own_chat(Transaction& transaction, const Actor& actor,
                                   const Responder* responder) {
  if (auto student = require_student(actor); !student) return student.failure();
  if (const auto chat = own_chat(transaction, actor)) {
    return access_student_chat(transaction, actor, *chat);
  }
  auto inbox = ensure_student_inbox(transaction, actor.account, responder);
  const auto contact = transaction.contacts().find(actor.account, actor.contact).value();
  RoomStart start{contact, inbox, "", {}, actor.conversation};
  start.student.emplace();
  auto room = start_room(transaction, std::move(start));
  return AccessedRoom{std::move(room), std::move(inbox)};
}

bool is_students_door(const Contact& contact, const Inbox& inbox) {
  return contact.kind == ContactKind::student && inbox.channel == Channel::student;
}

Result<Ok> require_no_chat_yet(Transaction& transaction, const Contact& contact,
                               const Inbox& inbox) {
  if (!is_students_door(contact, inbox)) return Ok{};
  if (!transaction.student_chats().of_contact(contact.account, contact.id)) return Ok{};
  return fail(ErrorCode::conflict, "A student has one chat, and this one has it: write there");
}

}  // namespace parlor::chat
