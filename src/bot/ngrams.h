// What the models read of a text: its words, pairs of neighbouring words, the pieces of two to five
// characters inside each word, which survive typos and inflection, and what the words sound like
// (sounds.h), which survives another spelling and another script.
//
// Pure and thread-safe. Bounds: the first kMaxReadCharacters of a text; at most
// kMaxWordCharacters of a word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parlor::bot {

inline constexpr std::size_t kMaxReadCharacters = 2000;
inline constexpr std::size_t kMaxWordCharacters = 40;

// The words of a text in their order, brought together (text/normalise.h); apostrophes are dropped,
// so that "can't" is "cant"; "?" of any script, 👍 and 👎 are words of their own.
std::vector<std::string> words_of(std::string_view utf8);

// The words without question marks: two texts with the same key are the same phrase.
std::string phrase_key(const std::vector<std::string>& words);

// A key without its spaces: "log in" is "login".
std::string tight_key(std::string key);

// One n-gram, by its hash, and how much it counts in its text: more when it occurs more often, and
// a word more than a piece of one.
struct Ngram {
  std::uint64_t hash = 0;
  float weight = 0;
};

// The hash of the n-gram that is one whole word, and of what a word sounds like.
std::uint64_t hash_of_word(std::string_view word);
std::uint64_t hash_of_sound(std::string_view sound);

// Distinct.
std::vector<Ngram> ngrams_of(const std::vector<std::string>& words);

}  // namespace parlor::bot
