// Between what chat and bot call the same things.
#pragma once

#include <vector>

#include "bot/bot.h"
#include "chat/responder.h"

namespace parlor::app {

bot::Situation to_bot(const chat::BotSituation& situation);
std::vector<bot::Question> to_bot(const std::vector<chat::Question>& questions);

chat::BotDecision from_bot(const bot::Decision& decision);
std::vector<chat::Question> from_bot(const std::vector<bot::Question>& questions);
chat::BotTrial trial_of(const bot::Bot& bot, const bot::Detected& detected,
                        const bot::Decision& decision);

}  // namespace parlor::app
