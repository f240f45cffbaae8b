// What the bot does about a message (spec student-support.md, "The bot: what it must do").
//
//                  understood ──▶ guide, step by step ──┐ yes, thanks ──▶ resolved
//   a text ──┬──▶ in part    ──▶ offer two ────────────┤
//            └──▶ not at all ──▶ FAQ, rephrase once ───┘ no, third attempt ──▶ a person
//
// Pure: the same values give the same decision.
#pragma once

#include <vector>

#include "bot/detected.h"
#include "bot/dialogue.h"
#include "bot/faq.h"
#include "bot/intents.h"

namespace parlor::bot {

// "Still broken" goes back to the person who resolved the chat for so long.
inline constexpr std::chrono::hours kStillTheirs{72};

Decision decide(const Intents& intents, const std::vector<Question>& questions,
                const Situation& situation, const Detected& detected);

// To a student who waits for a person longer than they should.
Decision notice_of_long_wait(const Intents& intents, const Situation& situation);

}  // namespace parlor::bot
