#include "bot/language_guess.h"

#include <algorithm>

#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

constexpr TrainingOptions kTraining{.epochs = 5, .rate = 2.0F, .regularisation = 3e-6F};
// There are far fewer sentences of the other languages than phrases.
constexpr float kOtherWeight = 6;

enum Label : std::uint32_t { kEnglish, kArabic, kArabizi, kAnother, kLabels };

Label label_of(Script script) {
  switch (script) {
    case Script::arabic:
      return kArabic;
    case Script::arabizi:
      return kArabizi;
    default:
      return kEnglish;
  }
}

}  // namespace

struct LanguageGuess::Said {
  std::vector<Ngram> ngrams;
  Label label = kEnglish;
};

namespace {

template <class Said>
std::vector<Said> everything(const std::vector<Corpus::Phrase>& phrases, std::string_view others) {
  std::vector<Said> said;
  for (const auto& phrase : phrases)
    if (phrase.script != Script::unknown)
      said.push_back({ngrams_of(phrase.words), label_of(phrase.script)});
  while (!others.empty()) {
    const auto line = others.substr(0, others.find('\n'));
    others.remove_prefix(std::min(others.size(), line.size() + 1));
    if (!line.empty()) said.push_back({ngrams_of(words_of(line)), kAnother});
  }
  return said;
}

template <class Said>
std::vector<std::vector<Ngram>> texts_of(const std::vector<Said>& all) {
  std::vector<std::vector<Ngram>> texts;
  texts.reserve(all.size());
  for (const auto& said : all) texts.push_back(said.ngrams);
  return texts;
}

}  // namespace

LanguageGuess::LanguageGuess(const std::vector<Corpus::Phrase>& phrases, std::string_view others)
    : LanguageGuess(everything<Said>(phrases, others)) {}

LanguageGuess::LanguageGuess(const std::vector<Said>& said) : vocabulary_(texts_of(said)) {
  std::vector<TextVector> vectors;
  vectors.reserve(said.size());
  std::vector<Example> examples;
  for (const auto& [ngrams, label] : said) {
    vectors.push_back(vocabulary_.vector_of(ngrams));
    examples.push_back({&vectors.back(), label, label == kAnother ? kOtherWeight : 1.0F});
  }
  model_ = LinearModel(examples, vocabulary_.size(), kLabels, kTraining);
}

LanguageChances LanguageGuess::of(const std::vector<Ngram>& ngrams) const {
  auto scores = model_.scores(vocabulary_.vector_of(ngrams));
  softmax(scores);
  return {scores[kEnglish], scores[kArabic], scores[kArabizi], scores[kAnother]};
}

}  // namespace parlor::bot
