// JSON that the server keeps and passes on without knowing what it means: validated once, compact,
// opaque from then on. Of an object, single fields can be asked for, merged and set.
//
// Values; every call parses the text again, so they are for what is small and seldom (metadata),
// never for a hot path. Failure: invalid, for text that is no JSON (RFC 8259), is no UTF-8 or is
// nested deeper than kMaxOpaqueDepth.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace parlor {

inline constexpr std::size_t kMaxOpaqueDepth = 32;

// Any JSON value in its compact spelling.
Result<std::string> compact_json(std::string_view text);

// The same spelling for the same value: fields in the order of their names, and whole numbers
// without a fraction. Of text that was validated before.
std::string canonical_json(std::string_view text);

// A string as JSON writes it, with its quotation marks. Unlike the others, for hot paths too.
std::string quoted_json(std::string_view utf8);
void append_quoted_json(std::string& to, std::string_view utf8);

class JsonObjectText {
 public:
  JsonObjectText() = default;  // {}
  static Result<JsonObjectText> parse(std::string_view text);
  // What another JsonObjectText has said before, from where it was kept.
  static JsonObjectText kept(std::string text) { return JsonObjectText(std::move(text)); }

  const std::string& text() const { return text_; }
  std::size_t size() const { return text_.size(); }

  bool has(std::string_view name) const;  // null counts
  bool is_null(std::string_view name) const;
  bool is_true(std::string_view name) const;
  // A string as it is, an integer in decimal; nothing for anything else.
  std::optional<std::string> scalar(std::string_view name) const;

  // Shallow: fields of `patch` replace, those that are null there are removed, all others stay.
  JsonObjectText merged(const JsonObjectText& patch) const;
  JsonObjectText with(std::string_view name, std::string_view string_value) const;
  JsonObjectText without(std::initializer_list<std::string_view> names) const;
  JsonObjectText only(std::initializer_list<std::string_view> names) const;

  friend bool operator==(const JsonObjectText&, const JsonObjectText&) = default;

 private:
  explicit JsonObjectText(std::string text) : text_(std::move(text)) {}

  std::string text_ = "{}";
};

}  // namespace parlor
