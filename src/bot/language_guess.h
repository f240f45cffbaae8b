// Which language a text is written in: English, Arabic, Arabic in Latin letters, or another one.
//
// Learned from the phrases of the intents file and from sentences of other languages
// (other_languages.txt). Immutable after training, deterministic, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/corpus.h"
#include "bot/linear_model.h"
#include "bot/vocabulary.h"

namespace parlor::bot {

// How likely each is; they sum to 1.
struct LanguageChances {
  double english = 0;
  double arabic = 0;
  double arabizi = 0;
  double other = 0;
};

// A sentence a line; compiled in (builtin.cc).
std::string_view sentences_of_other_languages();

class LanguageGuess {
 public:
  // `others`: a sentence a line.
  LanguageGuess(const std::vector<Corpus::Phrase>& phrases, std::string_view others);

  LanguageChances of(const std::vector<Ngram>& ngrams) const;

  std::size_t bytes() const { return vocabulary_.bytes() + model_.bytes(); }

 private:
  struct Said;
  explicit LanguageGuess(const std::vector<Said>& said);

  Vocabulary vocabulary_;
  LinearModel model_;
};

}  // namespace parlor::bot
