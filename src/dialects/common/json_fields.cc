#include "dialects/common/json_fields.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cmath>

namespace parlor::dialects {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxNamedBytes = 64;  // of a stranger's field, in a message

}  // namespace

Result<json::object> parse_json_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::system::error_code error;
  auto value = json::parse(text, error, {}, options);
  if (error == json::error::too_deep) {
    return fail(ErrorCode::invalid,
                "the JSON body is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
  }
  if (error) return fail(ErrorCode::invalid, "the body is not valid JSON: " + error.message());
  if (!value.is_object()) return fail(ErrorCode::invalid, "the body must be a JSON object");
  return std::move(value.get_object());
}

const json::value* JsonFields::find(std::string_view name) const {
  const auto* value = object_.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

bool JsonFields::has(std::string_view name) const { return find(name) != nullptr; }

bool JsonFields::is_bool(std::string_view name) const {
  const auto* value = find(name);
  return value && value->is_bool();
}

bool JsonFields::is_array(std::string_view name) const {
  const auto* value = find(name);
  return value && value->is_array();
}

std::string JsonFields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void JsonFields::complain(std::string_view name, std::string_view what) {
  if (!complaint_) complaint_ = path_of(name) + " " + std::string(what);
}

void JsonFields::allow_only(std::initializer_list<std::string_view> names) {
  for (const auto& field : object_) {
    const std::string_view key(field.key());
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      complain(key.substr(0, kMaxNamedBytes), "is no field of this call");
    }
  }
}

void JsonFields::require_any(std::initializer_list<std::string_view> names) {
  std::string list;
  for (const auto name : names) {
    if (object_.contains(name)) return;
    list.append(list.empty() ? "" : ", ").append(name);
  }
  if (!complaint_) complaint_ = "give at least one of: " + list;
}

void JsonFields::adopt(const JsonFields& inner) {
  if (!complaint_) complaint_ = inner.complaint_;
}

std::string JsonFields::required_string(std::string_view name) {
  if (!has(name)) {
    complain(name, "is required");
    return {};
  }
  return optional_string(name).value_or("");
}

std::optional<std::string> JsonFields::optional_string(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    complain(name, "must be a string");
    return std::nullopt;
  }
  return std::string(value->get_string());
}

std::optional<std::int64_t> JsonFields::optional_integer(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  constexpr double kExactIntegers = 9007199254740992.0;
  if (value->is_double() && std::trunc(value->get_double()) == value->get_double() &&
      std::abs(value->get_double()) <= kExactIntegers) {
    return static_cast<std::int64_t>(value->get_double());
  }
  complain(name, "must be an integer");
  return std::nullopt;
}

std::optional<std::string> JsonFields::optional_text(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_uint64()) return std::to_string(value->get_uint64());
  if (value->is_number()) {
    JsonFields number(object_, path_);
    if (const auto integer = number.optional_integer(name)) return std::to_string(*integer);
  }
  complain(name, "must be a string or a whole number");
  return std::nullopt;
}

std::optional<bool> JsonFields::optional_bool(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  complain(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::vector<std::string>> JsonFields::optional_strings(std::string_view name) {
  const auto* items = optional_array(name);
  if (!items) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *items) {
    if (!item.is_string()) {
      complain(name, "must be an array of strings");
      return std::nullopt;
    }
    texts.emplace_back(item.get_string());
  }
  return texts;
}

const json::object* JsonFields::optional_object(std::string_view name) {
  const auto* value = find(name);
  if (!value) return nullptr;
  if (!value->is_object()) {
    complain(name, "must be an object");
    return nullptr;
  }
  return &value->get_object();
}

const json::array* JsonFields::optional_array(std::string_view name) {
  const auto* value = find(name);
  if (!value) return nullptr;
  if (!value->is_array()) {
    complain(name, "must be an array");
    return nullptr;
  }
  return &value->get_array();
}

}  // namespace parlor::dialects
