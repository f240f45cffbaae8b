// JSON that knows on which line each of its values stands, so that a person who edits a file is
// told where it is wrong.
//
// Bounds: the caller's, on the size of the text; kMaxDepth.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace parlor::bot {

struct LocatedJson {
  using Items = std::vector<LocatedJson>;
  using Member = std::pair<std::string, LocatedJson>;
  using Members = std::vector<Member>;

  static constexpr std::size_t kMaxDepth = 32;

  std::size_t line = 1;  // where it begins; of a number that ends its line, at most one later
  std::variant<std::nullptr_t, bool, double, std::string, Items, Members> value = nullptr;

  // invalid: "line 12: …", also for an object that has a key twice.
  static Result<LocatedJson> parse(std::string_view text);

  bool is_bool() const { return std::holds_alternative<bool>(value); }
  bool is_number() const { return std::holds_alternative<double>(value); }
  bool is_string() const { return std::holds_alternative<std::string>(value); }
  bool is_array() const { return std::holds_alternative<Items>(value); }
  bool is_object() const { return std::holds_alternative<Members>(value); }

  // Precondition: it is one.
  bool boolean() const { return std::get<bool>(value); }
  double number() const { return std::get<double>(value); }
  const std::string& string() const { return std::get<std::string>(value); }
  const Items& items() const { return std::get<Items>(value); }
  const Members& members() const { return std::get<Members>(value); }

  // A member of an object; nullptr when it has none of that name, or is no object.
  const LocatedJson* find(std::string_view name) const;
};

}  // namespace parlor::bot
