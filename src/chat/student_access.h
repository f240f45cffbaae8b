// Which students' chats somebody may touch, and a student's own, made at its first use.
#pragma once

#include "base/result.h"
#include "chat/access.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

// A student's own chat: another's and none are forbidden alike, "Access denied". For
// administrators every chat of the account; not_found "Chat not found".
Result<AccessedRoom> access_student_chat(Transaction& transaction, const Actor& actor, RoomId chat);
// The same by a message in it; not_found "Message not found" for administrators.
Result<AccessedRoom> access_chat_of_message(Transaction& transaction, const Actor& actor,
                                            MessageId message);

// For students; reads only. Nothing when there is none yet.
std::optional<RoomId> own_chat(Transaction& transaction, const Actor& actor);

// For students, in a write: one for each, made by the first who asks. Its devices are told.
Result<AccessedRoom> open_own_chat(Transaction& transaction, const Actor& actor,
                                   const Responder* responder);

// Whether a room of theirs there is a student's chat.
bool is_students_door(const Contact& contact, const Inbox& inbox);
// Before such a room is started by the team: conflict when the student has a chat already.
Result<Ok> require_no_chat_yet(Transaction& transaction, const Contact& contact,
                               const Inbox& inbox);

}  // namespace parlor::chat
