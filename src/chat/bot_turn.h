// The bot's turn: what it does about a message that a student, or a visitor in a room that the bot
// answers (bot_room.h), has just written, in the transaction that holds the message.
//
// Whatever fails of the Responder, and an inbox without a bot, is a hand-off to people with a
// sentence of its own; where a person has the chat, it is silence.
#pragma once

#include <optional>

#include "chat/access.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

// Answers the bot's message, if it says something. The caller stores the room.
std::optional<Message> take_bot_turn(Transaction& transaction, AccessedRoom& chat,
                                     const Message& written, const BotInput& bot);

// A message of the bot, outside of a customer's turn.
Message say_as_bot(Transaction& transaction, AccessedRoom& chat, const BotReply& reply,
                   bool by_customer);

// What the bot is told of any chat in this inbox, and of this one.
BotSituation situation_in(Transaction& transaction, const Inbox& inbox);
BotSituation situation_of(Transaction& transaction, const AccessedRoom& chat);

}  // namespace parlor::chat
