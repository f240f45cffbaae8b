// What the models learn from: the phrases of the intents file, and what people make of them.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "bot/detected.h"
#include "bot/intents.h"

namespace parlor::bot {

enum class Script { english, arabic, arabizi, unknown };

struct Corpus {
  struct Phrase {
    std::vector<std::string> words;
    Script script = Script::unknown;
    int intent = -1;  // into Intents::intents
    Control control = Control::none;
    bool is_choice = false;
    bool is_paid = false;
    bool is_not_paid = false;
  };

  // What a text is that is a phrase itself.
  struct Exact {
    int intent = -1;
    Control control = Control::none;
    bool is_no_control = false;  // stands in a list of what looks like one
    int choice = 0;
    bool is_paid = false;
    bool is_not_paid = false;
  };

  struct ControlExample {
    std::vector<std::string> words;
    Control control = Control::none;
    float weight = 1;
  };

  explicit Corpus(const Intents& intents);

  // Besides the phrases: "hello" before anything, "thanks but" before what went wrong, a problem
  // before the wish for a person, each phrase once or twice behind some other.
  std::vector<ControlExample> control_examples() const;

  std::vector<Phrase> phrases;
  // By phrase_key(), and by tight_key() where that is nobody else's.
  std::unordered_map<std::string, Exact> by_heart;

 private:
  template <class Mark>
  void add(const std::vector<std::string>& texts, Script script, const Mark& mark);
  template <class Mark>
  void add(const Phrases& texts, const Mark& mark);
  void add_control(std::string_view name, const ControlPhrases& control, int payment);
  void add_what_only_looks_like(std::string_view name, const ControlPhrases& control);
};

}  // namespace parlor::bot
