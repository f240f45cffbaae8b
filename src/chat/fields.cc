#include "chat/fields.h"

#include <algorithm>

#include "chat/utf8.h"

namespace parlor::chat {

namespace {

Failure invalid(std::string_view field, const std::string& rule) {
  return fail(ErrorCode::invalid, std::string(field) + " " + rule);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

Result<std::string> check_text(std::string_view field, std::string_view value,
                               std::size_t max_characters) {
  const auto characters = count_characters(value);
  if (!characters) return invalid(field, "must be valid UTF-8");
  if (*characters > max_characters) {
    return invalid(field, "must have at most " + std::to_string(max_characters) + " characters");
  }
  return std::string(value);
}

Result<std::string> check_line(std::string_view field, std::string_view value,
                               std::size_t max_characters) {
  auto line = check_text(field, trimmed(value), max_characters);
  if (line && std::any_of(line->begin(), line->end(), is_control)) {
    return invalid(field, "must be one line without control characters");
  }
  return line;
}

Result<std::string> check_required_line(std::string_view field, std::string_view value,
                                        std::size_t max_characters) {
  auto line = check_line(field, value, max_characters);
  if (line && line->empty()) return invalid(field, "is required");
  return line;
}

Result<std::string> check_email(std::string_view field, std::string_view value) {
  auto line = check_required_line(field, value, kMaxEmailBytes);
  if (!line) return line;
  const auto at = line->rfind('@');
  const bool shaped = at != std::string::npos && at > 0 && at + 1 < line->size() &&
                      line->find(' ') == std::string::npos && line->size() <= kMaxEmailBytes;
  if (!shaped) return invalid(field, "must be an e-mail address");
  return lower_case(*line);
}

Result<std::string> check_https_url(std::string_view field, std::string_view value,
                                    std::size_t max_bytes) {
  constexpr std::string_view kScheme = "https://";
  auto line = check_line(field, value, max_bytes);
  if (!line || line->empty()) return line;
  const bool shaped = line->size() > kScheme.size() && line->starts_with(kScheme) &&
                      line->size() <= max_bytes && line->find(' ') == std::string::npos;
  if (!shaped) return invalid(field, "must be an https URL");
  return line;
}

}  // namespace parlor::chat
