// Brings the different ways to write the same words together, so that they can be compared.
//
//   NFKC and case folding        "ＦＵＬＬ Straße" -> "full strasse"
//   Arabic letter forms          أ إ آ ٱ -> ا   ة -> ه   ى -> ي   Persian ی ک -> ي ك
//   dropped                      harakat, tatweel, default ignorables, emoji except 👍 👎
//   digits of every script       ١٢٣ -> 123
//   a letter three times or more twice: "sooooo" -> "soo"
//
// Pure and thread-safe. Any bytes are accepted: what is not UTF-8 reads as U+FFFD. The answer is
// UTF-8, of at most about 18 times the input's bytes (a ligature that unfolds to a phrase).
#pragma once

#include <string>
#include <string_view>

namespace parlor::text {

// Stored next to whatever was built from normalised text.
inline constexpr int kNormaliserVersion = 1;

std::string normalise(std::string_view utf8);

}  // namespace parlor::text
