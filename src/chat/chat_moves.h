// Moving a chat between the bot, people and its end, with everything that hangs on it: the room's
// status, its journal, who is told, routing, what is counted of the bot's work.
//
// Students' chats by whoever moves them; visitors' rooms (bot_room.h) by the bot.
#pragma once

#include "chat/access.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct ChatMove {
  StudentStatus to = StudentStatus::bot_handling;
  ConversationId by;              // 0 = the bot
  bool by_customer = false;       // their own devices are told behind the answer
  bool is_confirmed = false;      // resolved: they said so
  bool same_admin_first = false;  // waiting_for_admin: whoever had it last is given it
};

// What is so already changes nothing. The caller stores the room.
void move_chat(Transaction& transaction, AccessedRoom& chat, const ChatMove& move);

// A person of the team took the chat: by a message, or by an assignment.
void take_student_chat(Transaction& transaction, AccessedRoom& chat, ConversationId admin,
                       ConversationId by);

// A student's, the team's or the bot's message, told to the team and to the customer.
void announce_in_chat(Transaction& transaction, const AccessedRoom& chat, const Message& message,
                      bool by_customer);

// The bot's help with a problem ended with people.
void count_given_up(Transaction& transaction, const Room& room);

}  // namespace parlor::chat
