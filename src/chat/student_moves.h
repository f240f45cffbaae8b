// Changing a student's chat from one status to another, with everything that hangs on it: the
// room's status, its journal, who is told, routing, what is counted of the bot's work.
#pragma once

#include "chat/access.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct StudentMove {
  StudentStatus to = StudentStatus::bot_handling;
  ConversationId by;              // 0 = the bot
  bool by_student = false;        // their own devices are told behind the answer
  bool is_confirmed = false;      // resolved: they said so
  bool same_admin_first = false;  // waiting_for_admin: whoever had it last is given it
};

// What is so already changes nothing. The caller stores the room.
void move_student_chat(Transaction& transaction, AccessedRoom& chat, const StudentMove& move);

// A person of the team took the chat: by a message, or by an assignment.
void take_student_chat(Transaction& transaction, AccessedRoom& chat, ConversationId admin,
                       ConversationId by);

// A message in a student's chat, told to the team and to the student.
void announce_in_student_chat(Transaction& transaction, const AccessedRoom& chat,
                              const Message& message, bool by_student);

}  // namespace parlor::chat
