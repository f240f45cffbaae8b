// What a word sounds like, roughly: its consonants, the same for Arabic and for Latin letters and
// for the many ways to spell Arabic in these.
//
//   مشكلة, moshkela, mochkla  -> mckl
//   أكلم, akallem, akalem     -> klm
//
// Vowels are dropped, with them w and y, a hamza ("2") and the article before a word of Arabic
// letters; doubled consonants are one. Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace parlor::bot {

// Of a word of normalised text; ASCII, empty for a word without a consonant.
std::string sound_of(std::string_view word);

}  // namespace parlor::bot
