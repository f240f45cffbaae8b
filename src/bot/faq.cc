#include "bot/faq.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "bot/located_json.h"
#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

// Below this a question has words in common with the text by chance.
constexpr double kClose = 0.30;
constexpr float kKeywordWeight = 0.6F;
constexpr std::size_t kMaxQuestions = 5000;

using Weights = std::map<std::uint64_t, float>;

void count(const std::string& text, float weight, Weights& to) {
  for (const auto& ngram : ngrams_of(words_of(text))) {
    auto& value = to[ngram.hash];
    value = std::max(value, weight);
  }
}

Weights weights_of(const Question& question) {
  Weights weights;
  count(question.question, 1, weights);
  for (const auto& keyword : question.keywords) count(keyword, kKeywordWeight, weights);
  return weights;
}

float rarity(std::size_t questions, std::size_t with_it) {
  return std::log((static_cast<float>(questions) + 1) / (static_cast<float>(with_it) + 0.5F));
}

Failure refuse(const LocatedJson& at, const std::string& reason) {
  return fail(ErrorCode::invalid, "line " + std::to_string(at.line) + ": " + reason);
}

Result<Question> read_question(const LocatedJson& item) {
  Question question;
  const auto text = [&](std::string_view name, std::string& to) {
    const auto* found = item.find(name);
    if (!found || !found->is_string() || found->string().empty()) return false;
    to = found->string();
    return true;
  };
  std::string language;
  if (!text("question", question.question)) return refuse(item, "\"question\" must be a text");
  if (!text("answer", question.answer)) return refuse(item, "\"answer\" must be a text");
  if (!text("language", language) || (language != "en" && language != "ar"))
    return refuse(item, R"("language" must be "en" or "ar")");
  question.language = language == "ar" ? Language::arabic : Language::english;
  if (const auto* priority = item.find("priority")) {
    if (!priority->is_number()) return refuse(*priority, "\"priority\" must be a number");
    question.priority = static_cast<int>(std::clamp(priority->number(), -1e6, 1e6));
  }
  if (const auto* keywords = item.find("keywords")) {
    if (!keywords->is_array()) return refuse(*keywords, "\"keywords\" must be a list of texts");
    for (const auto& keyword : keywords->items()) {
      if (!keyword.is_string()) return refuse(keyword, "a keyword must be a text");
      question.keywords.push_back(keyword.string());
    }
  }
  return question;
}

}  // namespace

Result<std::vector<Question>> read_questions(std::string_view json) {
  const auto document = LocatedJson::parse(json);
  if (!document) return document.failure();
  if (!document->is_array()) return refuse(*document, "must be an array of questions");
  if (document->items().size() > kMaxQuestions) return refuse(*document, "too many questions");
  std::vector<Question> questions;
  for (const auto& item : document->items()) {
    auto question = read_question(item);
    if (!question) return question.failure();
    questions.push_back(std::move(*question));
  }
  return questions;
}

QuestionIndex::QuestionIndex(std::vector<Question> questions) : questions_(std::move(questions)) {
  std::vector<float> lengths(questions_.size(), 0.0F);
  for (std::uint32_t i = 0; i < questions_.size(); ++i)
    for (const auto& [hash, weight] : weights_of(questions_[i]))
      index_[hash].questions.emplace_back(i, weight);
  for (auto& [hash, postings] : index_) {
    postings.idf = rarity(questions_.size(), postings.questions.size());
    for (auto& [question, weight] : postings.questions) {
      weight *= postings.idf;
      lengths[question] += weight * weight;
    }
  }
  for (auto& [hash, postings] : index_)
    for (auto& [question, weight] : postings.questions) weight /= std::sqrt(lengths[question]);
}

FaqMatches QuestionIndex::find(std::string_view text) const {
  return find(ngrams_of(words_of(text)));
}

FaqMatches QuestionIndex::find(const std::vector<Ngram>& asked) const {
  std::vector<float> scores(questions_.size(), 0.0F);
  const float unknown = rarity(questions_.size(), 0);
  float square = 0;
  for (const auto& ngram : asked) {
    const auto found = index_.find(ngram.hash);
    const float idf = found == index_.end() ? unknown : found->second.idf;
    square += idf * idf;
    if (found == index_.end()) continue;
    for (const auto& [question, weight] : found->second.questions) scores[question] += weight * idf;
  }
  FaqMatches matches;
  if (square == 0) return matches;
  const double length = std::sqrt(square);
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    const double score = scores[i] / length;
    if (score < kClose) continue;
    auto& best = questions_[i].language == Language::arabic ? matches.arabic : matches.english;
    const bool is_better =
        !best || score > best->score ||
        (score == best->score && questions_[i].priority > questions_[best->index].priority);
    if (is_better) best = FaqMatch{i, std::min(score, 1.0)};
  }
  return matches;
}

}  // namespace parlor::bot
