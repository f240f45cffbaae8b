// Times as MongoDB's applications write them: "2023-03-24T09:53:33.984Z".
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace parlor::dialects::order {

// UTC, with up to three digits of a second or none. Nothing for any other text.
std::optional<Timestamp> parse_iso8601(std::string_view text);

}  // namespace parlor::dialects::order
