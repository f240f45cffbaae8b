// Messages in students' chats: a student's, which the bot may answer in the same transaction, and
// an administrator's, which takes the chat from it.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/delivery_status.h"
#include "chat/message_draft.h"
#include "chat/responder.h"
#include "chat/transaction.h"
#include "chat/uploads.h"

namespace parlor::chat {

struct SendStudentMessage {
  std::optional<RoomId> chat;  // required of administrators; of students, their own
  MessageDraft message;
  std::optional<RecordUpload> upload;  // a file that comes with the message itself
  std::string origin;                  // where its sender sees this server
  std::string client_id;               // idempotency.h; empty = none
  BotInput bot;
  // What is wrong with a file that came: said once its sender is known to be let write at all.
  std::optional<Error> fault;
};

struct StudentMessageSent {
  Message message;
  DeliveryStatus status = DeliveryStatus::sent;
  std::optional<Message> bot_reply;
  // Nothing was sent: the chat waits for a person, and the account lets nobody write meanwhile.
  bool is_blocked = false;
  bool repeated = false;  // the same write was done before; this is its answer
};

// For students and administrators of the student inbox. forbidden "Access denied"; invalid;
// rate_limited as record_upload.
Result<StudentMessageSent> send_student_message(Transaction& transaction, const Actor& actor,
                                                const SendStudentMessage& input);

}  // namespace parlor::chat
