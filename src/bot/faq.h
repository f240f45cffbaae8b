// Questions and answers that the bot may answer with, and the search for the one that is meant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "bot/detected.h"
#include "bot/language.h"
#include "bot/ngrams.h"

namespace parlor::bot {

struct Question {
  std::string question;
  std::string answer;
  Language language = Language::english;
  int priority = 0;
  std::vector<std::string> keywords;
};

// faqs.json: an array of {question, answer, language, priority, keywords}.
Result<std::vector<Question>> read_questions(std::string_view json);

// The best question of each language that comes close at all; of two alike the higher priority.
struct FaqMatches {
  std::optional<FaqMatch> english;
  std::optional<FaqMatch> arabic;
};

// Immutable and thread-safe.
class QuestionIndex {
 public:
  explicit QuestionIndex(std::vector<Question> questions);

  FaqMatches find(const std::vector<Ngram>& asked) const;
  FaqMatches find(std::string_view text) const;

  const std::vector<Question>& all() const { return questions_; }

 private:
  struct Postings {
    float idf = 0;
    std::vector<std::pair<std::uint32_t, float>> questions;  // and what the n-gram weighs there
  };

  std::vector<Question> questions_;
  std::unordered_map<std::uint64_t, Postings> index_;
};

}  // namespace parlor::bot
