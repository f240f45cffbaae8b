#include "bot/speech.h"

#include <charconv>

namespace parlor::bot {

Said Speech::say(std::string_view text_id, std::string_view last) const {
  const auto& variants = intents_.text(text_id).in(language_);
  std::size_t number = 0;
  if (last.starts_with(text_id) && last.substr(text_id.size()).starts_with('/')) {
    const auto digits = last.substr(text_id.size() + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    number = (number + 1) % variants.size();
  }
  return {std::string(text_id) + "/" + std::to_string(number), fill(variants[number])};
}

const std::string& Speech::value_of(const std::string& placeholder) const {
  const auto set = placeholders_.find(placeholder);
  if (set != placeholders_.end() && !set->second.in(language_).empty())
    return set->second.in(language_);
  // A question that names an unknown one keeps its braces: only texts of the file are checked.
  static const std::string none;
  const auto known = intents_.texts.find("default_" + placeholder);
  return known == intents_.texts.end() ? none : known->second.in(language_).front();
}

std::string Speech::fill(const std::string& text) const {
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return filled + text.substr(at);
    const auto& value = value_of(text.substr(open + 1, close - open - 1));
    filled += text.substr(at, open - at);
    filled += value.empty() ? text.substr(open, close - open + 1) : value;
    at = close + 1;
  }
  return filled;
}

std::string Speech::label(std::string_view choice, Language language) const {
  if (choice == kYes) return intents_.text("label_yes").in(language).front();
  if (choice == kNo) return intents_.text("label_no").in(language).front();
  if (!choice.starts_with(kTopic)) return intents_.text("label_person").in(language).front();
  const auto id = choice.substr(kTopic.size());
  const auto topic = intents_.texts.find("topic_" + std::string(id));
  if (topic != intents_.texts.end()) return topic->second.in(language).front();
  const auto* intent = intents_.find(id);
  if (!intent) return std::string(id);
  return language == Language::arabic ? intent->phrases.ar.front() : intent->phrases.en.front();
}

std::vector<QuickReply> Speech::quick_replies(const std::vector<std::string>& choices) const {
  std::vector<QuickReply> replies;
  replies.reserve(choices.size());
  for (const auto& choice : choices) replies.push_back({choice, label(choice)});
  return replies;
}

std::string Speech::numbered(const std::vector<std::string>& choices) const {
  std::string lines;
  for (std::size_t i = 0; i < choices.size(); ++i)
    lines += (i == 0 ? "\n\n" : "\n") + std::to_string(i + 1) + ". " + label(choices[i]);
  return lines;
}

}  // namespace parlor::bot
