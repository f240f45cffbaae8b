// The bot for students: from a message and its chat to what is answered and what becomes of the
// chat (spec bot.md; rules: spec student-support.md, "The bot").
//
//     const auto bot = Bot::build(builtin_intents(), builtin_questions());  // under 3 s
//     const auto mute = Bot::read(builtin_intents(), builtin_questions());  // at once
//     const auto bot = (*mute)->learned();                                  // under 3 s
//     Detected detected = bot->detect(text);                     // before the transaction, < 1 ms
//     Decision decision = bot->decide(situation, detected);      // in it: pure, microseconds
//
// Immutable and thread-safe: share it as shared_ptr<const Bot>, replace the pointer when an
// administrator changes the intents or the questions. Whoever detected with one decides with the
// same one. Nothing is read from disk or network.
//
// Bounds: intents of kMaxIntentsBytes; of a message the first kMaxReadCharacters count.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bot/detected.h"
#include "bot/dialogue.h"
#include "bot/faq.h"

namespace parlor::bot {

struct Intents;
class Understanding;

class Bot {
 public:
  // invalid: the first fault of the intents file with its line. What the file leaves out of
  // `controls`, `texts` and `thresholds` is the built-in's.
  static Result<std::shared_ptr<const Bot>> build(std::string_view intents_json,
                                                  std::vector<Question> questions);
  // The same, but for the training: until it is learned() it says what it is told to say, and
  // understands nothing.
  static Result<std::shared_ptr<const Bot>> read(std::string_view intents_json,
                                                 std::vector<Question> questions);
  // nullptr when stopped, which is looked for between two epochs of the training.
  std::shared_ptr<const Bot> learned(const std::stop_token& stop = {}) const;
  bool has_learned() const { return understanding_ != nullptr; }
  // The same intents with other questions: quick, nothing is trained.
  std::shared_ptr<const Bot> with_questions(std::vector<Question> questions) const;
  ~Bot();

  // `failed` of one that has not learned.
  Detected detect(std::string_view text) const;

  // Precondition: `detected` is of this Bot; for media without a caption it is Detected{}.
  Decision decide(const Situation& situation, const Detected& detected) const;

  // To a student who waits for a person longer than they should: reply and dialogue.
  Decision notice_of_long_wait(const Situation& situation) const;

  const Intents& intents() const;
  const std::vector<Question>& questions() const;
  std::size_t model_bytes() const;

 private:
  Bot(std::shared_ptr<const Intents> intents, std::shared_ptr<const Understanding> understanding,
      std::vector<Question> questions);

  std::shared_ptr<const Intents> intents_;
  std::shared_ptr<const Understanding> understanding_;
  QuestionIndex questions_;
};

// The files of src/bot, compiled in.
std::string_view builtin_intents();
std::vector<Question> builtin_questions();

}  // namespace parlor::bot
