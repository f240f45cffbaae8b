// intents.json, faqs.json and other_languages.txt, compiled in: the program needs no file to begin
// with.
#include <stdexcept>

#include "bot/bot.h"
#include "bot/language_guess.h"

asm(".section .rodata\n"
    "parlor_bot_intents: .incbin \"" PARLOR_BOT_DIRECTORY
    "/intents.json\"\n"
    "parlor_bot_intents_end:\n"
    "parlor_bot_faqs: .incbin \"" PARLOR_BOT_DIRECTORY
    "/faqs.json\"\n"
    "parlor_bot_faqs_end:\n"
    "parlor_bot_languages: .incbin \"" PARLOR_BOT_DIRECTORY
    "/other_languages.txt\"\n"
    "parlor_bot_languages_end:\n"
    ".previous\n");

// NOLINTBEGIN(readability-identifier-naming): symbols of the assembler.
extern "C" {
extern const char parlor_bot_intents[];
extern const char parlor_bot_intents_end[];
extern const char parlor_bot_faqs[];
extern const char parlor_bot_faqs_end[];
extern const char parlor_bot_languages[];
extern const char parlor_bot_languages_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace parlor::bot {

std::string_view builtin_intents() {
  return {parlor_bot_intents,
          static_cast<std::size_t>(parlor_bot_intents_end - parlor_bot_intents)};
}

std::string_view sentences_of_other_languages() {
  return {parlor_bot_languages,
          static_cast<std::size_t>(parlor_bot_languages_end - parlor_bot_languages)};
}

std::vector<Question> builtin_questions() {
  auto questions = read_questions(
      {parlor_bot_faqs, static_cast<std::size_t>(parlor_bot_faqs_end - parlor_bot_faqs)});
  if (!questions) throw std::logic_error("faqs.json: " + questions.error().message);
  return std::move(*questions);
}

}  // namespace parlor::bot
