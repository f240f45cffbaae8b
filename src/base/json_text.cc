#include "base/json_text.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

namespace parlor {

namespace json = boost::json;

namespace {

Result<json::value> parse_value(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxOpaqueDepth;
  boost::system::error_code error;
  auto value = json::parse(text, error, {}, options);
  if (error == json::error::too_deep) {
    return fail(ErrorCode::invalid,
                "the JSON is nested deeper than " + std::to_string(kMaxOpaqueDepth) + " levels");
  }
  if (error) return fail(ErrorCode::invalid, "this is not valid JSON: " + error.message());
  return value;
}

// Of text that was validated before.
json::object object_of(const std::string& text) {
  auto value = parse_value(text);
  return value && value->is_object() ? std::move(value->get_object()) : json::object();
}

void make_canonical(json::value& value);

void sort_fields(json::object& object) {
  std::vector<json::string> names;
  for (const auto& field : object) names.emplace_back(field.key());
  std::sort(names.begin(), names.end());
  json::object sorted;
  for (const auto& name : names) {
    auto& field = sorted[name] = std::move(object[name]);
    make_canonical(field);
  }
  object = std::move(sorted);
}

void make_canonical(json::value& value) {
  constexpr double kExactBelow = 9007199254740992.0;  // 2^53
  if (auto* object = value.if_object()) sort_fields(*object);
  if (auto* array = value.if_array()) {
    for (auto& element : *array) make_canonical(element);
  }
  const auto* number = value.if_double();
  if (number && std::abs(*number) < kExactBelow && std::trunc(*number) == *number) {
    value = static_cast<std::int64_t>(*number);
  }
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result<std::string> compact_json(std::string_view text) {
  const auto value = parse_value(text);
  if (!value) return value.failure();
  return json::serialize(*value);
}

std::string canonical_json(std::string_view text) {
  auto value = parse_value(text);
  if (!value) return std::string(text);
  make_canonical(*value);
  return json::serialize(*value);
}

std::string quoted_json(std::string_view utf8) {
  std::string text;
  append_quoted_json(text, utf8);
  return text;
}

void append_quoted_json(std::string& to, std::string_view utf8) {
  const bool is_plain = std::none_of(utf8.begin(), utf8.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\';
  });
  if (is_plain) {
    to.append(1, '"').append(utf8).append(1, '"');
  } else {
    to += json::serialize(json::string(utf8));
  }
}

Result<JsonObjectText> JsonObjectText::parse(std::string_view text) {
  const auto value = parse_value(text);
  if (!value) return value.failure();
  if (!value->is_object()) return fail(ErrorCode::invalid, "this must be a JSON object");
  return JsonObjectText(json::serialize(*value));
}

bool JsonObjectText::has(std::string_view name) const { return object_of(text_).contains(name); }

bool JsonObjectText::is_null(std::string_view name) const {
  const auto object = object_of(text_);
  const auto* value = object.if_contains(name);
  return value && value->is_null();
}

bool JsonObjectText::is_true(std::string_view name) const {
  const auto object = object_of(text_);
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

std::optional<std::string> JsonObjectText::scalar(std::string_view name) const {
  const auto object = object_of(text_);
  const auto* value = object.if_contains(name);
  if (!value) return std::nullopt;
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_int64()) return std::to_string(value->get_int64());
  return std::nullopt;
}

JsonObjectText JsonObjectText::merged(const JsonObjectText& patch) const {
  auto object = object_of(text_);
  for (auto& field : object_of(patch.text_)) {
    if (field.value().is_null()) {
      object.stable_erase(field.key());
    } else {
      object[field.key()] = std::move(field.value());
    }
  }
  return JsonObjectText(json::serialize(object));
}

JsonObjectText JsonObjectText::with(std::string_view name, std::string_view string_value) const {
  auto object = object_of(text_);
  object[name] = string_value;
  return JsonObjectText(json::serialize(object));
}

JsonObjectText JsonObjectText::without(std::initializer_list<std::string_view> names) const {
  auto object = object_of(text_);
  for (const auto name : names) object.stable_erase(name);
  return JsonObjectText(json::serialize(object));
}

JsonObjectText JsonObjectText::only(std::initializer_list<std::string_view> names) const {
  json::object kept;
  for (auto& field : object_of(text_)) {
    if (is_one_of(field.key(), names)) kept[field.key()] = std::move(field.value());
  }
  return JsonObjectText(json::serialize(kept));
}

}  // namespace parlor
