#include "dialects/common/decode.h"

#include <charconv>

namespace parlor::dialects {

Failure not_allowed(std::string_view name, std::string_view allowed) {
  std::string message(name);
  message.append(" must be one of: ").append(allowed);
  return fail(ErrorCode::invalid, std::move(message));
}

Result<std::optional<int>> integer_of(std::optional<std::string_view> text, std::string_view name) {
  if (!text || text->empty()) return std::optional<int>();
  int value = 0;
  const auto* end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, value);
  if (parsed.ec == std::errc::result_out_of_range) {
    // Beyond any limit: let the rule about the limit decide.
    return std::optional<int>(text->front() == '-' ? INT32_MIN : INT32_MAX);
  }
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    return fail(ErrorCode::invalid, std::string(name) + " must be a whole number");
  }
  return std::optional<int>(value);
}

std::string client_id_of(const net::HttpRequest& request, JsonFields& body, JsonFields* message) {
  if (auto id = body.optional_string("_uniqueId")) return *id;
  if (message) {
    if (auto id = message->optional_string("_uniqueId")) return *id;
  }
  return std::string(request.header("Idempotency-Key"));
}

}  // namespace parlor::dialects
