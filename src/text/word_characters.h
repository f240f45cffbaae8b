// Which characters words are made of (words.h). Pure and thread-safe.
#pragma once

#include <unicode/uchar.h>

#include <cstdint>

namespace parlor::text {

inline bool is_word_character(UChar32 c) {
  constexpr std::uint32_t kMask = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_MASK(u_charType(c)) & kMask) != 0;
}

// A word by itself, whatever stands beside it.
inline bool is_own_word(UChar32 c) {
  return c == 0x1F44D || c == 0x1F44E || (c >= 0x2E80 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC));
}

}  // namespace parlor::text
