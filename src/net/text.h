// Small operations on protocol text (ASCII).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlor::net {

bool equals_ignoring_case(std::string_view a, std::string_view b);
// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);
// "a,b" → "a", "b"; "" → "".
std::vector<std::string_view> split(std::string_view text, char separator);
// True when the comma-separated list has that token, without regard to case.
bool has_token(std::string_view list, std::string_view token);

// "%41b" → "Ab". Nothing when an escape is broken.
std::optional<std::string> percent_decode(std::string_view text);

// The value of a parameter of a header: header_parameter("form-data; name=\"a\"", "name") → a.
// Quoted strings are unquoted. Nothing when it is not there.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

}  // namespace parlor::net
