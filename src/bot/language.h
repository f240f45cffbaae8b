// The two languages that the bot answers in, and a text in both.
#pragma once

#include <string>
#include <string_view>

namespace parlor::bot {

enum class Language { english, arabic };

// "en", "ar": as stored, and as in the intents file.
constexpr std::string_view name_of(Language language) {
  return language == Language::arabic ? "ar" : "en";
}

struct Bilingual {
  std::string en;
  std::string ar;

  const std::string& in(Language language) const { return language == Language::arabic ? ar : en; }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace parlor::bot
