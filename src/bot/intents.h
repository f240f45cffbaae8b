// What the bot knows: the intents file, read and checked.
//
//   {"version": 1,
//    "thresholds": {"high": 0.55, "low": 0.30, "margin": 0.10},
//    "intents":  [{"id", "escalate", "max_attempts", "phrases": {"en", "ar", "arabizi"},
//                  "steps": [{"id", "text": {"en", "ar"}}], "handoff_note": {"en", "ar"}}],
//    "controls": {"HUMAN": {"en", "ar", "arabizi", "not"}, …},
//    "texts":    {"closing": {"en": ["…"], "ar": ["…"]}, …}}
//
// docs/bot.md explains it. Plain values, immutable once read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bot/language.h"

namespace parlor::bot {

inline constexpr std::size_t kMaxIntentsBytes = 4 << 20;
inline constexpr std::size_t kMaxIntents = 64;
inline constexpr std::size_t kMaxPhrases = 20'000;  // of the whole file
inline constexpr std::size_t kMaxPhraseBytes = 500;
inline constexpr std::size_t kMaxTextBytes = 4000;
inline constexpr std::size_t kFewestPhrases = 20;  // of an intent
inline constexpr std::size_t kMaxSteps = 20;
inline constexpr int kMostAttempts = 10;

// An intent of this id is a question for the FAQ: it has no steps.
inline constexpr std::string_view kOther = "OTHER";

struct Phrases {
  std::vector<std::string> en;
  std::vector<std::string> ar;
  std::vector<std::string> arabizi;

  std::size_t size() const { return en.size() + ar.size() + arabizi.size(); }
};

struct Step {
  std::string id;
  Bilingual text;
};

struct Intent {
  std::string id;
  bool escalate = false;  // to a person at once
  int max_attempts = 3;
  Phrases phrases;
  std::vector<Step> steps;
  Bilingual handoff_note;
};

struct ControlPhrases {
  Phrases phrases;
  std::vector<std::string> not_phrases;  // what looks like it and is not
};

// Several ways of saying the same, so that it need not be said twice in the same words.
struct Variants {
  std::vector<std::string> en;
  std::vector<std::string> ar;

  const std::vector<std::string>& in(Language language) const {
    return language == Language::arabic ? ar : en;
  }
};

struct Thresholds {
  double high = 0.55;    // from here on the likeliest intent is guided,
  double low = 0.30;     // below here nothing was understood,
  double margin = 0.10;  // unless the second comes this close
};

struct Intents {
  Thresholds thresholds;
  std::vector<Intent> intents;
  std::map<std::string, ControlPhrases, std::less<>> controls;
  std::map<std::string, Variants, std::less<>> texts;

  const Intent* find(std::string_view id) const;
  // Precondition: one of kRequiredTexts, or a topic or default that is there.
  const Variants& text(std::string_view id) const;
};

// The names of the controls and of the texts that a whole file has.
const std::vector<std::string_view>& known_controls();
const std::vector<std::string_view>& required_texts();

// What the file leaves out of `controls`, `texts` and `thresholds` is taken from `defaults`;
// without them it must be whole. invalid: the first fault, "line 12: …".
Result<Intents> read_intents(std::string_view json, const Intents* defaults = nullptr);

}  // namespace parlor::bot
