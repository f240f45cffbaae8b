#include "bot/sounds.h"

#include <array>
#include <cstdint>

namespace parlor::bot {
namespace {

constexpr std::string_view kArticle = "ال";
constexpr std::string_view kFinalHeh = "ه";      // also what "ة" became
constexpr std::size_t kShortestWithArticle = 8;  // bytes

// The Arabic letters from U+0627 on, a space for none.
//                                        ا ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ
constexpr std::string_view kFromAlef = " bhttjhxddrzscsdtz3g";
//                                        ف ق ك ل م ن ه
constexpr std::string_view kFromFeh = "fkklmnh";

char arabic_sound(std::uint32_t code) {
  if (code >= 0x627 && code < 0x627 + kFromAlef.size()) return kFromAlef[code - 0x627];
  if (code >= 0x641 && code < 0x641 + kFromFeh.size()) return kFromFeh[code - 0x641];
  switch (code) {
    case 0x67E:
      return 'b';  // پ
    case 0x686:
      return 'c';  // چ
    case 0x6A4:
      return 'f';  // ڤ
    case 0x6AF:
      return 'j';  // گ
    default:
      return ' ';
  }
}

// The Latin letters and digits with a sound of their own; the rest is a vowel or nothing.
char latin_sound(char c) {
  constexpr std::string_view kLetters = "bcdfghjklmnpqrstvxz356789";
  constexpr std::string_view kSounds = "bkdfjhjklmnbkrstfkz3xthgk";
  const auto at = kLetters.find(c);
  return at == std::string_view::npos ? ' ' : kSounds[at];
}

// Two letters for one sound.
char pair_sound(char first, char second) {
  if (second != 'h') return ' ';
  switch (first) {
    case 's':
    case 'c':
      return 'c';
    case 'k':
      return 'x';
    case 'g':
      return 'g';
    case 't':
      return 't';
    case 'd':
      return 'd';
    default:
      return ' ';
  }
}

void append(std::string& to, char sound) {
  if (sound != ' ' && (to.empty() || to.back() != sound)) to += sound;
}

std::string latin(std::string_view word) {
  std::string sound;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char pair = i + 1 < word.size() ? pair_sound(word[i], word[i + 1]) : ' ';
    append(sound, pair == ' ' ? latin_sound(word[i]) : pair);
    i += pair != ' ';
  }
  return sound;
}

std::string arabic(std::string_view word) {
  if (word.starts_with(kArticle) && word.size() >= kShortestWithArticle)
    word.remove_prefix(kArticle.size());
  if (word.ends_with(kFinalHeh)) word.remove_suffix(kFinalHeh.size());
  std::string sound;
  for (std::size_t i = 0; i + 1 < word.size(); i += 2) {
    const auto lead = static_cast<unsigned char>(word[i]);
    if (lead < 0xD8 || lead > 0xDB) break;  // not of the Arabic block, whose letters have two bytes
    const auto next = static_cast<unsigned char>(word[i + 1]);
    append(sound, arabic_sound(((lead & 0x1FU) << 6) | (next & 0x3FU)));
  }
  return sound;
}

bool is_number(std::string_view word) {
  return word.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string sound_of(std::string_view word) {
  if (word.empty() || is_number(word)) return {};
  const auto lead = static_cast<unsigned char>(word.front());
  return lead < 0x80 ? latin(word) : arabic(word);
}

}  // namespace parlor::bot
