#include "chat/membership.h"

#include "base/json_text.h"
#include "chat/fields.h"

namespace parlor::chat {

std::string_view name_of(PersonKind kind) {
  switch (kind) {
    case PersonKind::agent:
      return "agent";
    case PersonKind::contact:
      return "contact";
    case PersonKind::student:
      return "student";
  }
  return "contact";
}

Result<std::string> check_presence(std::string_view presence_json) {
  const auto too_large =
      fail(ErrorCode::too_large,
           "presence is at most " + std::to_string(kMaxPresenceBytes) + " bytes of JSON");
  constexpr std::size_t kMostlyWhiteSpace = 4 * kMaxPresenceBytes;
  if (presence_json.size() > kMostlyWhiteSpace) return too_large;
  auto object = JsonObjectText::parse(presence_json);
  if (!object) return fail(ErrorCode::invalid, "presence must be a JSON object");
  if (object->size() > kMaxPresenceBytes) return too_large;
  return object->text();
}

std::string online_presence(bool is_typing) {
  return is_typing ? R"({"status":"online","typing":true})"
                   : R"({"status":"online","typing":false})";
}

bool is_typing(const std::string& presence) {
  return JsonObjectText::kept(presence).is_true("typing");
}

std::string with_typing(const std::string& presence, bool is_typing) {
  const auto* typing = is_typing ? R"({"typing":true})" : R"({"typing":false})";
  return JsonObjectText::kept(presence).merged(JsonObjectText::kept(typing)).text();
}

Result<std::string> membership_metadata(std::string_view role) {
  const auto line = check_line("role", role, kMaxRoleCharacters);
  if (!line) return line.failure();
  if (line->empty()) return std::string("{}");
  return JsonObjectText().with("role", *line).text();
}

}  // namespace parlor::chat
