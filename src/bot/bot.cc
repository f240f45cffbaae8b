#include "bot/bot.h"

#include <stdexcept>

#include "bot/intents.h"
#include "bot/ngrams.h"
#include "bot/policy.h"
#include "bot/understanding.h"

namespace parlor::bot {
namespace {

const Intents& defaults() {
  static const Intents read = [] {
    auto intents = read_intents(builtin_intents());
    if (!intents) throw std::logic_error("intents.json: " + intents.error().message);
    return std::move(*intents);
  }();
  return read;
}

}  // namespace

Bot::Bot(std::shared_ptr<const Intents> intents, std::shared_ptr<const Understanding> understanding,
         std::vector<Question> questions)
    : intents_(std::move(intents)),
      understanding_(std::move(understanding)),
      questions_(std::move(questions)) {}

Bot::~Bot() = default;

Result<std::shared_ptr<const Bot>> Bot::build(std::string_view intents_json,
                                              std::vector<Question> questions) {
  const auto bot = read(intents_json, std::move(questions));
  if (!bot) return bot.failure();
  return (*bot)->learned();
}

Result<std::shared_ptr<const Bot>> Bot::read(std::string_view intents_json,
                                             std::vector<Question> questions) {
  auto intents = read_intents(intents_json, &defaults());
  if (!intents) return intents.failure();
  return std::shared_ptr<const Bot>(
      new Bot(std::make_shared<const Intents>(std::move(*intents)), nullptr, std::move(questions)));
}

std::shared_ptr<const Bot> Bot::learned(const std::stop_token& stop) const {
  auto understanding = std::make_shared<const Understanding>(*intents_, stop);
  if (stop.stop_requested()) return nullptr;
  return std::shared_ptr<const Bot>(new Bot(intents_, std::move(understanding), questions_.all()));
}

std::shared_ptr<const Bot> Bot::with_questions(std::vector<Question> questions) const {
  return std::shared_ptr<const Bot>(new Bot(intents_, understanding_, std::move(questions)));
}

Detected Bot::detect(std::string_view text) const {
  if (!understanding_) {
    Detected nothing;
    nothing.failed = true;
    return nothing;
  }
  const auto words = words_of(text);
  const auto ngrams = ngrams_of(words);
  auto detected = understanding_->read(words, ngrams);
  auto matches = questions_.find(ngrams);
  detected.faq_en = matches.english;
  detected.faq_ar = matches.arabic;
  return detected;
}

Decision Bot::decide(const Situation& situation, const Detected& detected) const {
  return bot::decide(*intents_, questions_.all(), situation, detected);
}

Decision Bot::notice_of_long_wait(const Situation& situation) const {
  return bot::notice_of_long_wait(*intents_, situation);
}

const Intents& Bot::intents() const { return *intents_; }

std::size_t Bot::model_bytes() const { return understanding_ ? understanding_->bytes() : 0; }

const std::vector<Question>& Bot::questions() const { return questions_.all(); }

}  // namespace parlor::bot
