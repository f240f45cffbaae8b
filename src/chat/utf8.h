// What the domain needs to know of text: whether it is UTF-8, how long it is, and where to cut it.
// A character is a code point.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::chat {

// Nothing when the text is not UTF-8 (RFC 3629: overlong forms and surrogates are not).
std::optional<std::size_t> count_characters(std::string_view text);

// The longest beginning of at most so much that does not cut a character. Precondition: UTF-8.
std::string_view first_characters(std::string_view text, std::size_t count);
std::string_view first_bytes(std::string_view text, std::size_t count);

// Without the white space of ASCII at both ends.
std::string_view trimmed(std::string_view text);

// The letters of ASCII in lower case, all else as it is.
std::string lower_case(std::string_view text);

}  // namespace parlor::chat
