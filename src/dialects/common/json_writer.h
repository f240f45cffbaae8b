// Writes a JSON object field by field, straight into its text: for answers that carry JSON which is
// kept as text and need not be parsed for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/json_text.h"

namespace parlor::dialects {

class JsonWriter {
 public:
  JsonWriter& text(std::string_view name, std::string_view utf8) {
    return json(name, quoted_json(utf8));
  }
  JsonWriter& number(std::string_view name, std::int64_t value) {
    return json(name, std::to_string(value));
  }
  // A value that is valid JSON already.
  JsonWriter& json(std::string_view name, std::string_view value) {
    text_.append(text_.size() > 1 ? "," : "").append(quoted_json(name)).append(":").append(value);
    return *this;
  }
  // An array; `write` makes the JSON of one item.
  template <class Items, class Write>
  JsonWriter& array(std::string_view name, const Items& items, Write write) {
    std::string list = "[";
    for (const auto& item : items) list.append(list.size() > 1 ? "," : "").append(write(item));
    return json(name, list.append("]"));
  }
  // Once.
  std::string take() {
    text_.push_back('}');
    return std::move(text_);
  }

 private:
  std::string text_ = "{";
};

}  // namespace parlor::dialects
