// Words for full-text search: what a message is indexed by, and what a query asks for.
//
// A word is a run of letters, digits and marks of normalised text, without the accents of Latin
// letters ("café" is found by "cafe"); an ideograph is a word by itself, so are 👍 and 👎. Nothing
// else of the text counts: quotes, operators and wildcards only separate words.
//
// Pure and thread-safe. A word is cut at kMaxWordBytes, at a character's boundary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parlor::text {

inline constexpr std::size_t kMaxWordBytes = 96;
inline constexpr std::size_t kMaxQueryWords = 16;

// Distinct and sorted.
std::vector<std::string> search_words(std::string_view utf8);

// What the user typed, in order; at most kMaxQueryWords. All of them must occur, the last one at
// least as the beginning of a word. Empty when it holds no word at all: then nothing matches.
std::vector<std::string> query_words(std::string_view utf8);

bool matches(const std::vector<std::string>& sorted_words, const std::vector<std::string>& query);

// matches(search_words(utf8), query), faster for plain ASCII.
bool text_matches(std::string_view utf8, const std::vector<std::string>& query);

}  // namespace parlor::text
