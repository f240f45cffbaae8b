// The names of uploaded files: text for people to read, never a path.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parlor::chat {

inline constexpr std::size_t kMaxFileNameCharacters = 200;

// The name as it is kept: what stands behind the last slash or backslash, without control
// characters and those that turn the direction of writing ("photo<U+202E>gpj.exe" shows as
// "photoexe.jpg"), cut to kMaxFileNameCharacters with its extension kept. "file" when nothing is
// left, or only dots. Any language is welcome. What is not UTF-8 counts as no name.
std::string safe_file_name(std::string_view name);

}  // namespace parlor::chat
