// How the bot says something: the variant that was not said last, with what stands in braces filled
// in, and choices numbered below it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue.h"
#include "bot/intents.h"

namespace parlor::bot {

// A text that was chosen, and by which id it is remembered: "closing/1".
struct Said {
  std::string id;
  std::string text;
};

// Ids of choices.
inline constexpr std::string_view kYes = "yes";
inline constexpr std::string_view kNo = "no";
inline constexpr std::string_view kPerson = "person";
inline constexpr std::string_view kTopic = "topic:";  // and the intent's id

class Speech {
 public:
  // Everything outlives it.
  Speech(const Intents& intents, const Placeholders& placeholders, Language language)
      : intents_(intents), placeholders_(placeholders), language_(language) {}

  Language language() const { return language_; }

  // The next variant when `last` is one of the same text, else the first.
  Said say(std::string_view text_id, std::string_view last) const;
  // What an administrator wrote, with its braces filled in.
  std::string fill(const std::string& text) const;

  // What a choice is called, in the speech's language or another.
  std::string label(std::string_view choice) const { return label(choice, language_); }
  std::string label(std::string_view choice, Language language) const;

  std::vector<QuickReply> quick_replies(const std::vector<std::string>& choices) const;
  // "1. Yes\n2. No", below an empty line.
  std::string numbered(const std::vector<std::string>& choices) const;

 private:
  const std::string& value_of(const std::string& placeholder) const;

  const Intents& intents_;
  const Placeholders& placeholders_;
  Language language_;
};

}  // namespace parlor::bot
