// Chats, messages and what else the student dialect shows, as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "chat/bot_repositories.h"
#include "chat/delivery_status.h"
#include "chat/message.h"
#include "chat/room.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::student {

// Precondition: the room is a student's chat.
boost::json::object chat_json(const chat::Room& room);

// The author's name is the message's; of one without, by the bot, the language says it. A message
// of the bot bears the student's number, as the source has it: sender_role tells.
// Already text: every message that is sent is answered with it.
std::string message_json(const Links& links, const chat::Message& message,
                         chat::DeliveryStatus status, ConversationId student);

boost::json::object question_json(const chat::Question& question);
// With what only administrators see.
boost::json::object full_question_json(const chat::Question& question);

}  // namespace parlor::dialects::student
