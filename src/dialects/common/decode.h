// What the calls of conversation-v2 and of administration have in common when they are read: ids,
// enumerations, client ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "chat/names.h"
#include "dialects/common/json_fields.h"
#include "net/http_types.h"

namespace parlor::dialects {

// An id that is malformed is an id of nothing: not_found "<what> not found".
template <class IdType>
Result<IdType> id_of(std::string_view text, std::string_view what) {
  if (const auto id = parse_id<IdType>(text)) return *id;
  return fail(ErrorCode::not_found, std::string(what) + " not found");
}

// Required in the query or the body: absent is invalid, malformed not_found.
template <class IdType>
Result<IdType> required_id(std::optional<std::string_view> text, std::string_view name,
                           std::string_view what) {
  if (!text || text->empty()) return fail(ErrorCode::invalid, std::string(name) + " is required");
  return id_of<IdType>(*text, what);
}

// "status must be one of: open, pending, closed"
Failure not_allowed(std::string_view name, std::string_view allowed);

// invalid, naming what is allowed.
template <class Enum>
Result<std::optional<Enum>> enum_of(std::optional<std::string_view> text, std::string_view name) {
  if (!text || text->empty()) return std::optional<Enum>();
  if (const auto value = chat::parse_name<Enum>(*text)) return value;
  return not_allowed(name, chat::allowed_names<Enum>());
}

// A whole number in the query.
Result<std::optional<int>> integer_of(std::optional<std::string_view> text, std::string_view name);

// `_uniqueId` in the body or its message, else the header Idempotency-Key; empty when there is
// none.
std::string client_id_of(const net::HttpRequest& request, JsonFields& body, JsonFields* message);

}  // namespace parlor::dialects
