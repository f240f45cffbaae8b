// JSON as text: checked once, passed on without being parsed.
//
// check_json() is the only gate that JSON from a client goes through on its way to other clients:
// it is strict (RFC 8259), bounded in depth, and knows the placeholders of Socket.IO's binary
// packets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::socketio {

inline constexpr int kMaximumJsonDepth = 32;

enum class JsonKind { object, array, string, number, other };

struct JsonFacts {
  JsonKind kind = JsonKind::other;
  // Of an array: its first element, and the text of the others with the commas between them.
  JsonKind first_kind = JsonKind::other;
  std::string_view first;
  std::string_view rest;
  bool is_empty = true;  // an array without elements
};

// Nothing when `text` is not one JSON value, is nested deeper than kMaximumJsonDepth, or (in a
// packet with attachments, `attachments` >= 0) has a placeholder whose number is no attachment's.
std::optional<JsonFacts> check_json(std::string_view text, int attachments = -1);

// Elements of a comma-separated list of JSON values that check_json() has accepted.
std::size_t count_elements(std::string_view list);
// Empty when there is no such element.
std::string_view element_of(std::string_view list, std::size_t index);

void append_json_string(std::string& to, std::string_view text);
// The value of a JSON string literal, quotes included in `literal`. Nothing when an escape makes no
// character (half of a surrogate pair).
std::optional<std::string> decode_json_string(std::string_view literal);

}  // namespace parlor::socketio
