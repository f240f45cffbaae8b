// Checks that bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF),
// in pieces if need be.
#pragma once

#include <cstdint>
#include <string_view>

namespace parlor {

class Utf8Validator {
 public:
  // False as soon as the text so far can not be continued to valid UTF-8.
  bool feed(std::string_view piece);
  // True when no character is cut in half.
  bool is_complete() const { return missing_ == 0; }
  void reset() { *this = Utf8Validator(); }

 private:
  std::uint8_t missing_ = 0;    // continuation bytes still to come
  std::uint8_t lowest_ = 0x80;  // bounds of the next one
  std::uint8_t highest_ = 0xBF;
};

bool is_utf8(std::string_view text);

}  // namespace parlor
