#include "text/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "text/normalise.h"

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

bool is_word_character(UChar32 c) {
  constexpr std::uint32_t kMask = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_MASK(u_charType(c)) & kMask) != 0;
}

bool is_own_word(UChar32 c) {
  return c == 0x1F44D || c == 0x1F44E || (c >= 0x2E80 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC));
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

}  // namespace

std::vector<std::string> search_words(std::string_view utf8) {
  std::vector<std::string> words;
  cut_words(normalise(utf8), [&](const std::string& word) {
    words.push_back(word);
    return true;
  });
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

}  // namespace parlor::text
