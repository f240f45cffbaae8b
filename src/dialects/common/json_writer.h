// Writes a JSON object field by field, straight into its text: for answers on a hot path, and for
// those that carry JSON which is kept as text and need not be parsed for it.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/json_text.h"

namespace parlor::dialects {

class JsonWriter {
 public:
  // `bytes`: about how long the text will be.
  explicit JsonWriter(std::size_t bytes = 0) {
    text_.reserve(bytes);
    text_ = "{";
  }

  // The names need no escaping.
  JsonWriter& text(std::string_view name, std::string_view utf8) {
    begin(name);
    append_quoted_json(text_, utf8);
    return *this;
  }
  JsonWriter& text_or_null(std::string_view name, std::string_view utf8) {
    return utf8.empty() ? json(name, "null") : text(name, utf8);
  }
  JsonWriter& number(std::string_view name, std::int64_t value) {
    begin(name);
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    text_.append(digits, end);
    return *this;
  }
  JsonWriter& boolean(std::string_view name, bool value) {
    return json(name, value ? "true" : "false");
  }
  // A value that is valid JSON already.
  JsonWriter& json(std::string_view name, std::string_view value) {
    begin(name);
    text_ += value;
    return *this;
  }
  // An array; `write` makes the JSON of one item.
  template <class Items, class Write>
  JsonWriter& array(std::string_view name, const Items& items, Write write) {
    begin(name);
    const char* separator = "[";
    for (const auto& item : items) {
      text_.append(separator).append(write(item));
      separator = ",";
    }
    text_ += *separator == '[' ? "[]" : "]";
    return *this;
  }
  // Once.
  std::string take() {
    text_.push_back('}');
    return std::move(text_);
  }

 private:
  void begin(std::string_view name) {
    text_.append(text_.size() > 1 ? ",\"" : "\"").append(name).append("\":");
  }

  std::string text_;
};

}  // namespace parlor::dialects
