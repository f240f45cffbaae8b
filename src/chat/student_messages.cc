#include "chat/student_messages.h"

#include <charconv>
#include <utility>

#include "chat/bot_turn.h"
#include "chat/chat_moves.h"
#include "chat/idempotency.h"
#include "chat/messages.h"
#include "chat/preferences.h"
#include "chat/room_journal.h"
#include "chat/routing.h"
#include "chat/student_access.h"
#include "chat/student_inbox.h"

namespace parlor::chat {

namespace {

constexpr const char* kOperation = "send_student_message";

// Only a write that may come again is digested. A file is named by what it is, not by its blob: a
// second try has another.
std::string body_of(const SendStudentMessage& input) {
  if (input.client_id.empty()) return {};
  BodyDigest body;
  body.add(digest_of(input.message)).add(input.chat.value_or(RoomId{}).value);
  if (input.upload) {
    body.add(input.upload->name).add(input.upload->file.type).add(input.upload->file.size);
  }
  return body.finish();
}

std::string spell(const StudentMessageSent& sent) {
  std::string detail = std::to_string(sent.message.room.value);
  detail += ' ';
  detail += std::to_string(sent.bot_reply ? sent.bot_reply->id.value : 0);
  return detail;
}

struct Spelled {
  RoomId room;
  MessageId bot_reply;
};

Spelled read_detail(std::string_view detail) {
  Spelled spelled;
  const auto* end = detail.data() + detail.size();
  const auto room = std::from_chars(detail.data(), end, spelled.room.value);
  std::from_chars(room.ptr + 1, end, spelled.bot_reply.value);
  return spelled;
}

// The answer that this write got the first time; nothing if this is the first.
Result<std::optional<StudentMessageSent>> sent_before(Transaction& transaction, const Actor& actor,
                                                      const RepeatableWrite& write) {
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (!*earlier) return std::nullopt;
  const auto [room_id, reply_id] = read_detail((*earlier)->detail);
  const auto chat = access_student_chat(transaction, actor, room_id);
  if (!chat) return chat.failure();
  auto message =
      transaction.messages().find(actor.account, room_id, MessageId{(*earlier)->subject});
  if (!message) return fail(ErrorCode::gone, "The message sent with this client id was deleted");
  StudentMessageSent sent;
  const auto progress =
      progress_of(transaction.rooms().markers(actor.account, room_id), chat->room.conversation);
  sent.status = status_of(*message, progress);
  sent.message = std::move(*message);
  sent.message.author_name = actor.name;
  if (reply_id) sent.bot_reply = transaction.messages().find(actor.account, room_id, reply_id);
  sent.repeated = true;
  return std::optional(std::move(sent));
}

// The draft with its uploads as the server knows them. A file that comes with the message becomes
// an upload first.
Result<MessageDraft> complete_draft(Transaction& transaction, const Actor& actor,
                                    const SendStudentMessage& input) {
  MessageDraft draft = input.message;
  draft.client_id = input.client_id;
  if (input.upload) {
    const auto upload = record_upload(transaction, actor, *input.upload);
    if (!upload) return upload.failure();
    draft.attachments.push_back(attachment_of(*upload, input.origin));
  }
  auto claimed = claim_uploads(transaction, actor, draft);
  if (!claimed) return claimed.failure();
  return *claimed ? std::move(**claimed) : std::move(draft);
}

// As its author hands it in: an attachment is still to come.
Result<Ok> check(const SendStudentMessage& input) {
  if (input.fault) return Failure(*input.fault);
  auto draft = input.message;
  if (input.upload) {
    draft.attachments.push_back({"", input.upload->file.type, "", 0,
                                 AttachedUpload{input.upload->file.key, "", 0, 0, false}});
  }
  return check_draft(draft);
}

bool is_blocked(Transaction& transaction, const Room& room) {
  return room.student->status == StudentStatus::waiting_for_admin &&
         transaction.account_settings().find(room.account).waiting_sends == WaitingSends::block;
}

Result<StudentMessageSent> send_as_student(Transaction& transaction, const Actor& actor,
                                           const SendStudentMessage& input) {
  auto checked = check(input);
  if (!checked && !input.fault) return checked.failure();
  auto opened = open_own_chat(transaction, actor, input.bot.responder);
  if (!opened) return opened.failure();
  AccessedRoom& chat = *opened;
  if (input.chat && *input.chat != chat.room.id) return access_denied();

  const RepeatableWrite write(actor, kOperation, input.client_id, body_of(input));
  auto earlier = sent_before(transaction, actor, write);
  if (!earlier) return earlier.failure();
  if (*earlier) return std::move(**earlier);
  StudentMessageSent sent;
  sent.is_blocked = is_blocked(transaction, chat.room);
  if (sent.is_blocked) return sent;
  if (!checked) return checked.failure();
  if (auto ready = require_ready(input.bot, actor.account); !ready) return ready.failure();
  const auto draft = complete_draft(transaction, actor, input);
  if (!draft) return draft.failure();

  wake_room(transaction, chat.room);
  const RoomStanding before = standing_of(chat.room);
  sent.message = append_message(transaction, chat.room, actor, *draft);
  announce_in_chat(transaction, chat, sent.message, true);
  sent.bot_reply = take_bot_turn(transaction, chat, sent.message, input.bot);
  transaction.rooms().update(chat.room);
  write.remember(transaction, sent.message.id.value, spell(sent));
  follow_room(transaction, before, chat.room, chat.inbox);
  return sent;
}

Result<StudentMessageSent> send_as_admin(Transaction& transaction, const Actor& actor,
                                         const SendStudentMessage& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  if (!input.chat) return fail(ErrorCode::invalid, "chat_id is required for admin");
  const auto chat = access_student_chat(transaction, actor, *input.chat);
  if (!chat) return chat.failure();
  if (auto checked = check(input); !checked) return checked.failure();

  const RepeatableWrite write(actor, kOperation, input.client_id, body_of(input));
  auto earlier = sent_before(transaction, actor, write);
  if (!earlier) return earlier.failure();
  if (*earlier) return std::move(**earlier);
  auto draft = complete_draft(transaction, actor, input);
  if (!draft) return draft.failure();
  auto answered =
      send_agent_message(transaction, actor, {*input.chat, std::nullopt, std::move(*draft), ""});
  if (!answered) return answered.failure();
  StudentMessageSent sent;
  sent.message = std::move(answered->message);
  write.remember(transaction, sent.message.id.value, spell(sent));
  return sent;
}

}  // namespace

Result<StudentMessageSent> send_student_message(Transaction& transaction, const Actor& actor,
                                                const SendStudentMessage& input) {
  if (actor.is_team()) return send_as_admin(transaction, actor, input);
  return send_as_student(transaction, actor, input);
}

}  // namespace parlor::chat
