// The shape of what people write into fields: names, e-mail addresses and the like.
//
// Each check answers the value as it is kept, or invalid with a message that names the field.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxNameCharacters = 100;
inline constexpr std::size_t kMaxEmailBytes =
    254;  // RFC 5321, section 4.5.3.1.3, less the brackets
inline constexpr std::size_t kMaxPhoneCharacters = 40;
inline constexpr std::size_t kMaxIdentifierBytes = 255;
inline constexpr std::size_t kMaxDeviceIdBytes = 128;

// One line of text: trimmed, UTF-8, no control characters. May be empty.
Result<std::string> check_line(std::string_view field, std::string_view value,
                               std::size_t max_characters);
// The same, and not empty.
Result<std::string> check_required_line(std::string_view field, std::string_view value,
                                        std::size_t max_characters);

// Trimmed and in lower case; something@something without spaces. Not whether mail arrives.
Result<std::string> check_email(std::string_view field, std::string_view value);

// "https://…" without white space; may be empty. Not whether anything is there.
Result<std::string> check_https_url(std::string_view field, std::string_view value,
                                    std::size_t max_bytes);

// Text of several lines: UTF-8. May be empty.
Result<std::string> check_text(std::string_view field, std::string_view value,
                               std::size_t max_characters);

}  // namespace parlor::chat
