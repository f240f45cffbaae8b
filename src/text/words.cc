#include "text/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "text/normalise.h"
#include "text/word_characters.h"

namespace parlor::text {
namespace {

bool is_accented_latin(UChar32 c) {
  return (c >= 0x00C0 && c <= 0x024F) || (c >= 0x1E00 && c <= 0x1EFF);
}

UChar32 without_accent(UChar32 c) {
  if (!is_accented_latin(c)) return c;
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !nfd->getDecomposition(c, parts)) return c;
  return parts.char32At(0);
}

// Cuts normalised text into words and hands each to `take`, which says whether to go on.
template <class Take>
void cut_words(const std::string& normalised, Take take) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(normalised.data());
  const auto length = static_cast<int32_t>(normalised.size());
  std::string word;
  const auto flush = [&] {
    const bool more = word.empty() || take(word);
    word.clear();
    return more;
  };
  for (int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, at, length, c);
    if (c >= 0x0300 && c <= 0x036F) continue;  // a Latin accent that stands alone
    const bool own = is_own_word(c);
    if (own || !is_word_character(c)) {
      if (!flush()) return;
      if (!own) continue;
    }
    char utf8[U8_MAX_LENGTH];
    int32_t size = 0;
    U8_APPEND_UNSAFE(utf8, size, without_accent(c));
    if (word.size() + static_cast<std::size_t>(size) <= kMaxWordBytes)
      word.append(utf8, static_cast<std::size_t>(size));
    if (own && !flush()) return;
  }
  flush();
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// What normalising and cutting comes to for ASCII: lower case, and of a letter three times or more
// only two.
template <class Take>
void cut_ascii_words(std::string_view text, Take take) {
  char word[kMaxWordBytes];
  std::size_t size = 0;
  char last = 0;
  int repeated = 0;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_letter && (c < '0' || c > '9')) {
      if (size > 0 && !take(std::string_view(word, size))) return;
      size = 0;
      last = 0;
      continue;
    }
    const char lower = is_letter ? static_cast<char>(c | 0x20) : c;
    repeated = lower == last ? repeated + 1 : 1;
    last = lower;
    if (is_letter && repeated > 2) continue;
    if (size < kMaxWordBytes) word[size++] = lower;
  }
  if (size > 0) take(std::string_view(word, size));
}

}  // namespace

std::vector<std::string> search_words(std::string_view utf8) {
  std::vector<std::string> words;
  const auto take = [&](std::string_view word) {
    words.emplace_back(word);
    return true;
  };
  if (is_ascii(utf8)) {
    cut_ascii_words(utf8, take);
  } else {
    cut_words(normalise(utf8), take);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> query_words(std::string_view utf8) {
  std::vector<std::string> words;
  cut_words(normalise(utf8), [&](const std::string& word) {
    words.push_back(word);
    return words.size() < kMaxQueryWords;
  });
  return words;
}

bool matches(const std::vector<std::string>& sorted_words, const std::vector<std::string>& query) {
  if (query.empty()) return false;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto found = std::lower_bound(sorted_words.begin(), sorted_words.end(), query[i]);
    if (found == sorted_words.end()) return false;
    const bool is_last = i + 1 == query.size();
    if (is_last ? !found->starts_with(query[i]) : *found != query[i]) return false;
  }
  return true;
}

bool text_matches(std::string_view utf8, const std::vector<std::string>& query) {
  if (!is_ascii(utf8)) return matches(search_words(utf8), query);
  if (query.empty() || query.size() > kMaxQueryWords) return false;
  std::uint32_t missing = (1U << query.size()) - 1;
  cut_ascii_words(utf8, [&](std::string_view word) {
    for (std::size_t i = 0; i < query.size(); ++i) {
      const bool is_last = i + 1 == query.size();
      if (is_last ? word.starts_with(query[i]) : word == query[i]) missing &= ~(1U << i);
    }
    return missing != 0;
  });
  return missing == 0;
}

}  // namespace parlor::text
