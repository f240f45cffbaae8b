// Reads one message: its language, its control, its likeliest intents.
//
// One vocabulary of all phrases of the intents file; over it one model for each thing to tell. The
// phrases themselves are known by heart: a text that is one, whatever its spaces and apostrophes,
// is not guessed about.
//
// Immutable after training (under 3 s for the built-in intents), deterministic, thread-safe.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/corpus.h"
#include "bot/detected.h"
#include "bot/intents.h"
#include "bot/language_guess.h"
#include "bot/linear_model.h"
#include "bot/vocabulary.h"

namespace parlor::bot {

class Understanding {
 public:
  // Stopped, it ends early as what nobody should use.
  explicit Understanding(const Intents& intents, const std::stop_token& stop = {});

  // Everything but the questions (faq_en, faq_ar).
  Detected read(const std::vector<std::string>& words, const std::vector<Ngram>& ngrams) const;

  std::size_t bytes() const;

 private:
  Understanding(const Intents& intents, const Corpus& corpus, const std::stop_token& stop);

  void train_intents(const Corpus& corpus, const std::vector<TextVector>& vectors,
                     const std::stop_token& stop);
  void train_controls(const Corpus& corpus, const std::stop_token& stop);

  // One text on its way to be understood.
  struct Reading {
    const std::vector<std::string>& words;
    TextVector vector;
    const Corpus::Exact* exact = nullptr;  // of the phrase that it is
    LanguageChances language;
    bool is_strange = false;  // gibberish, or of another language
  };

  std::size_t known_words(const std::vector<std::string>& words) const;
  bool is_gibberish(const std::vector<std::string>& words, const TextVector& vector) const;
  std::optional<Language> language_of(const Reading& text) const;
  void read_intents(const Reading& text, Detected& to) const;
  void read_control(const Reading& text, Detected& to) const;

  std::vector<std::string> intent_ids_;
  std::unordered_map<std::string, Corpus::Exact> by_heart_;
  Vocabulary vocabulary_;
  LinearModel intent_model_;
  LinearModel control_model_;  // labels: Control
  LinearModel paid_model_;     // 1: paid and not credited
  LanguageGuess languages_;
};

}  // namespace parlor::bot
