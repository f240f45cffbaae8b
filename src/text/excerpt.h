// The piece of a text that shows why a search found it.
//
// Pure and thread-safe. Any bytes are accepted, any length; what is given back are the text's own
// bytes, cut between characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parlor::text {

inline constexpr std::size_t kExcerptCharacters = 160;
inline constexpr std::size_t kExcerptLeadCharacters = 20;  // before the first word that matched

struct ExcerptPiece {
  std::string text;
  bool is_match = false;

  friend bool operator==(const ExcerptPiece&, const ExcerptPiece&) = default;
};

// In order and together at most kExcerptCharacters, beginning shortly before the first word that
// matches (`query` as query_words gives it); "…" stands where the text was cut. A text without such
// a word gives its beginning, in one piece; an empty one gives nothing.
std::vector<ExcerptPiece> excerpt(std::string_view utf8, const std::vector<std::string>& query);

}  // namespace parlor::text
