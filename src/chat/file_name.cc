#include "chat/file_name.h"

#include <algorithm>

#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr const char* kNameless = "file";
constexpr std::size_t kMaxExtensionCharacters = 20;

// Controls of C1, line and paragraph separators, marks and overrides of direction, the byte order
// mark: of the blocks that they live in only they are listed.
bool is_invisible(char32_t c) {
  return (c >= 0x80 && c <= 0x9F) || c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::size_t bytes_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

// Precondition: `text` is UTF-8 and begins with a character of `size` bytes.
char32_t character_of(std::string_view text, std::size_t size) {
  constexpr unsigned kLeadBits[] = {0x7F, 0x1F, 0x0F, 0x07};
  char32_t c = static_cast<unsigned char>(text[0]) & kLeadBits[size - 1];
  for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  return c;
}

std::string visible(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto size = bytes_of(static_cast<unsigned char>(text[0]));
    const auto c = character_of(text, size);
    const bool is_control = c < 0x20 || c == 0x7F;
    if (!is_control && !is_invisible(c)) kept += text.substr(0, size);
    text.remove_prefix(size);
  }
  return kept;
}

std::string cut(std::string name) {
  const auto characters = count_characters(name).value_or(0);
  if (characters <= kMaxFileNameCharacters) return name;
  std::string extension;
  const auto dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) {
    extension = name.substr(dot);
    if (count_characters(extension).value_or(0) > kMaxExtensionCharacters) extension.clear();
  }
  const auto room = kMaxFileNameCharacters - count_characters(extension).value_or(0);
  return std::string(first_characters(name, room)) + extension;
}

}  // namespace

std::string safe_file_name(std::string_view name) {
  if (!count_characters(name)) return kNameless;
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string kept(trimmed(visible(name)));
  const bool only_dots = std::all_of(kept.begin(), kept.end(), [](char c) { return c == '.'; });
  return only_dots ? kNameless : cut(std::move(kept));
}

}  // namespace parlor::chat
