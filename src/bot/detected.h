// What one message of a student says, found without knowing the chat it was written in.
//
// A plain value. It belongs to the Bot that made it: only that one may decide about it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language.h"

namespace parlor::bot {

// What a message is in itself, whatever its subject (spec student-support.md, the bot, 1).
enum class Control {
  none,
  human,        // wants a person
  not_working,  // the help did not help
  thanks,       // thanks, or says that it is solved
  yes,
  no,
  greeting,  // or a mere opener: "I have a problem"
  are_you_a_bot,
  next,          // did the step, or asks for the next one
  acknowledged,  // a mere "ok"
  wait,          // will try it, asks for patience
  unclear,       // did not understand what the bot said
  neither,       // none of what was offered
};

inline constexpr std::size_t kControls = 13;

// Its name in the intents file; "NONE".
std::string_view name_of(Control control);

struct ScoredIntent {
  std::string id;
  double confidence = 0;  // 0..1; all intents of a message sum to at most 1

  friend bool operator==(const ScoredIntent&, const ScoredIntent&) = default;
};

struct FaqMatch {
  std::size_t index = 0;  // into the Bot's questions
  double score = 0;       // 0..1

  friend bool operator==(const FaqMatch&, const FaqMatch&) = default;
};

inline constexpr int kLastChoice = -1;

struct Detected {
  std::optional<Language> language;  // none for a text without any: "12", "ok", 👍
  Control control = Control::none;
  double control_confidence = 0;
  bool paid_not_credited = false;  // paid, charged or refused, and has not got it
  bool tells_a_password = false;
  int choice = 0;                     // "2", "٢", "the second": 2; kLastChoice; 0 is none
  std::string label;                  // the text brought together, to compare with what was offered
  std::vector<ScoredIntent> intents;  // likeliest first
  std::optional<FaqMatch> faq_en;     // the best question of each language, if any comes close
  std::optional<FaqMatch> faq_ar;
  bool failed = false;  // the detection broke: the chat goes to people

  bool is_sure_of_intent(double high, double margin) const {
    if (intents.empty() || intents.front().confidence < high) return false;
    return intents.size() < 2 || intents[0].confidence - intents[1].confidence >= margin;
  }
  friend bool operator==(const Detected&, const Detected&) = default;
};

}  // namespace parlor::bot
