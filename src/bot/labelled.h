// Files of labelled sentences: CSV (RFC 4180, UTF-8) whose header names the columns `text` and
// `label` (or `category`) in either order, or a JSON array of {"text", "label"}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parlor::bot {

struct LabelledText {
  std::string text;
  std::string label;

  friend bool operator==(const LabelledText&, const LabelledText&) = default;
};

inline constexpr std::size_t kMaxLabelledTexts = 1'000'000;

// `label` may be missing from the header when `needs_label` is false: for texts out of scope.
// invalid: what is wrong, with its line.
Result<std::vector<LabelledText>> read_labelled(std::string_view content, bool needs_label = true);

}  // namespace parlor::bot
