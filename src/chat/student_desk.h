// What students and their administrators read and change beside messages (spec student-support.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/messages.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

// For students, in a write: their chat, made if there is none.
struct OpenStudentChat {
  const Responder* responder = nullptr;
};
Result<Room> get_student_chat(Transaction& transaction, const Actor& actor,
                              const OpenStudentChat& input);

// For students: messages of the team and the bot that they have not read.
Result<std::int64_t> count_unread(Transaction& transaction, const Actor& actor, const Ok&);

// Where a page begins or ends: a message, or a time.
struct PageMark {
  MessageId message;
  Timestamp time;

  explicit operator bool() const { return message || time != Timestamp{}; }
};

inline constexpr int kMaxStudentPage = 200;

// `before`: the newest `limit` older than it; `after`: the oldest `limit` newer; neither: the
// newest. All exclusive.
struct StudentHistory {
  RoomId chat;
  PageMark before;
  PageMark after;
  int limit = 50;  // 1 to kMaxStudentPage; above means kMaxStudentPage
};
struct StudentMessageView {
  Message message;  // with its author's name
  DeliveryStatus status = DeliveryStatus::sent;
};
struct StudentPage {
  Room room;
  std::vector<StudentMessageView> messages;  // oldest first; never a note
  // Set when the page reaches the newest message for the first time: reading it marks it read.
  std::optional<MessageId> reads_up_to;
};
Result<StudentPage> read_student_chat(Transaction& transaction, const Actor& actor,
                                      const StudentHistory& input);

inline constexpr int kMaxChatOffset = 10'000;

struct ListStudentChats {
  std::optional<StudentStatus> status;
  int limit = 50;      // 1 to kMaxStudentPage
  int offset = 0;      // 0 to kMaxChatOffset
  std::string search;  // the student's name or e-mail address, text of messages
};
struct StudentChatView {
  Room room;
  Contact student;
  std::int64_t unread = 0;  // the caller's
};
struct StudentChatPage {
  std::vector<StudentChatView> chats;  // newest activity first
  std::int64_t total = 0;              // of searches: up to 1,000
};
// For administrators.
Result<StudentChatPage> list_student_chats(Transaction& transaction, const Actor& actor,
                                           const ListStudentChats& input);

struct AssignStudentChat {
  RoomId chat;
  std::optional<ConversationId> admin;  // nothing = the caller
};
// For administrators. invalid: nobody who may see the chat.
Result<Room> assign_student_chat(Transaction& transaction, const Actor& actor,
                                 const AssignStudentChat& input);

struct SetStudentStatus {
  RoomId chat;
  StudentStatus status = StudentStatus::admin_handling;
};
Result<Room> set_student_status(Transaction& transaction, const Actor& actor,
                                const SetStudentStatus& input);

inline constexpr int kMaxNotifications = 20;

struct StudentNotification {
  Room room;
  Contact student;
  Message message;
};
// For administrators: the newest unread messages of students who wait for a person or are in one's
// hands, newest first.
Result<std::vector<StudentNotification>> list_notifications(Transaction& transaction,
                                                            const Actor& actor, const Ok&);

}  // namespace parlor::chat
