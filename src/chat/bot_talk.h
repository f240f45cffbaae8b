// What a room keeps of the bot's talk with its customer: the bot's own memory, and what is counted
// of its work.
#pragma once

#include <string>

#include "base/clock.h"

namespace parlor::chat {

struct BotTalk {
  std::string intent;             // the bot's name of the problem; empty = none
  int bot_attempts = 0;           // of the bot, at this problem
  std::string language;           // "en", "ar"; empty = not known yet
  std::string dialogue;           // the Responder's own (responder.h)
  std::string escalation_reason;  // of the newest escalation; empty = never
  Timestamp resolved_at;          // 0 = is not resolved
  bool resolved_by_person = false;
  Timestamp problem_since;  // when the bot first helped with this problem; 0 = it has not

  friend bool operator==(const BotTalk&, const BotTalk&) = default;
};

}  // namespace parlor::chat
