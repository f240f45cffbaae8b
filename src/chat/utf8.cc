#include "chat/utf8.h"

#include <algorithm>

#include "base/utf8.h"

namespace parlor::chat {

namespace {

bool is_continuation(char byte) { return (byte & 0xC0) == 0x80; }

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

std::optional<std::size_t> count_characters(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  return std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); });
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size()) {
    if (!is_continuation(text[end]) && count-- == 0) break;
    ++end;
  }
  return text.substr(0, end);
}

std::string_view first_bytes(std::string_view text, std::size_t count) {
  if (text.size() <= count) return text;
  while (count > 0 && is_continuation(text[count])) --count;
  return text.substr(0, count);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace parlor::chat
