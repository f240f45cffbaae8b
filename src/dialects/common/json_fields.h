// Reading a JSON object whose sender may be anybody: each field by name and type, the first
// complaint kept.
//
//   auto body = parse_json_object(request.body);
//   JsonFields fields(*body);
//   const auto text = fields.required_string("description");
//   const auto limit = fields.optional_integer("limit");
//   if (fields.complaint()) return fields.failure();
//
// Unknown fields are ignored. A field that is null counts as absent. The messages name the field as
// the sender wrote it, with its path: "message.type must be a string".
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parlor::dialects {

inline constexpr std::size_t kMaxJsonDepth = 32;

// Fails (invalid) when the text is no JSON object, is nested deeper than kMaxJsonDepth or is not
// UTF-8.
Result<boost::json::object> parse_json_object(std::string_view text);

class JsonFields {
 public:
  explicit JsonFields(const boost::json::object& object, std::string path = "")
      : object_(object), path_(std::move(path)) {}

  // Required fields give an empty value when they are missing or of another type: ask complaint()
  // in the end.
  std::string required_string(std::string_view name);
  std::optional<std::string> optional_string(std::string_view name);
  std::optional<std::int64_t> optional_integer(std::string_view name);
  std::optional<bool> optional_bool(std::string_view name);
  // A string, or a whole number as text: for ids that are either.
  std::optional<std::string> optional_text(std::string_view name);
  std::optional<std::vector<std::string>> optional_strings(std::string_view name);
  // Null when absent. The object lives as long as the one that this reads.
  const boost::json::object* optional_object(std::string_view name);
  const boost::json::array* optional_array(std::string_view name);

  bool has(std::string_view name) const;
  bool is_bool(std::string_view name) const;
  bool is_array(std::string_view name) const;
  std::string path_of(std::string_view name) const;
  // Complains of the first field that is none of these.
  void allow_only(std::initializer_list<std::string_view> names);
  // Complains when none of these is there (null counts as there).
  void require_any(std::initializer_list<std::string_view> names);
  void complain(std::string_view name, std::string_view what);
  void adopt(const JsonFields& inner);  // keeps the inner object's complaint, if this has none

  const std::optional<std::string>& complaint() const { return complaint_; }
  Failure failure() const { return fail(ErrorCode::invalid, complaint_.value_or("")); }

 private:
  const boost::json::value* find(std::string_view name) const;

  const boost::json::object& object_;
  std::string path_;
  std::optional<std::string> complaint_;
};

}  // namespace parlor::dialects
