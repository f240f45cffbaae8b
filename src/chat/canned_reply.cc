#include "chat/canned_reply.h"

#include <array>
#include <utility>

#include "chat/utf8.h"

namespace parlor::chat {

namespace {

using Value = std::string CannedValues::*;

constexpr std::array<std::pair<std::string_view, Value>, 5> kVariables = {{
    {"contact.name", &CannedValues::contact_name},
    {"contact.email", &CannedValues::contact_email},
    {"contact.phone", &CannedValues::contact_phone},
    {"agent.name", &CannedValues::agent_name},
    {"inbox.name", &CannedValues::inbox_name},
}};
constexpr std::string_view kKnown =
    "contact.name, contact.email, contact.phone, agent.name, inbox.name";

// text {{ name | fallback }} text
struct Variable {
  std::size_t begin = 0;  // of the opening braces
  std::size_t end = 0;    // behind the closing ones
  std::string_view name;
  std::string_view fallback;
};

enum class Found { none, variable, unclosed };

Found find_variable(std::string_view text, std::size_t from, Variable& variable) {
  variable.begin = text.find("{{", from);
  if (variable.begin == std::string_view::npos) return Found::none;
  const auto inside = variable.begin + 2;
  const auto close = text.find("}}", inside);
  if (close == std::string_view::npos) return Found::unclosed;
  variable.end = close + 2;
  const auto written = text.substr(inside, close - inside);
  const auto bar = written.find('|');
  variable.name = trimmed(written.substr(0, bar));
  variable.fallback = bar == std::string_view::npos ? "" : trimmed(written.substr(bar + 1));
  return Found::variable;
}

std::optional<Value> value_named(std::string_view name) {
  for (const auto& known : kVariables) {
    if (known.first == name) return known.second;
  }
  return std::nullopt;
}

}  // namespace

Result<Ok> check_canned_text(std::string_view text) {
  Variable variable;
  for (std::size_t at = 0;; at = variable.end) {
    switch (find_variable(text, at, variable)) {
      case Found::none:
        return Ok{};
      case Found::unclosed:
        return fail(ErrorCode::invalid, "text has {{ without }}");
      case Found::variable:
        break;
    }
    if (value_named(variable.name)) continue;
    std::string message = "text has an unknown variable \"";
    message.append(first_characters(variable.name, 40)).append("\"; it may have: ").append(kKnown);
    return fail(ErrorCode::invalid, std::move(message));
  }
}

std::string render_canned(std::string_view text, const CannedValues& values) {
  std::string rendered;
  std::size_t at = 0;
  Variable variable;
  while (find_variable(text, at, variable) == Found::variable) {
    rendered.append(text.substr(at, variable.begin - at));
    if (const auto value = value_named(variable.name)) {
      const std::string& filled = values.*(*value);
      rendered.append(filled.empty() ? variable.fallback : std::string_view(filled));
    } else {
      rendered.append(text.substr(variable.begin, variable.end - variable.begin));
    }
    at = variable.end;
  }
  rendered.append(text.substr(at));
  return rendered;
}

}  // namespace parlor::chat
