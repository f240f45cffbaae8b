// Times as programs write them (RFC 3339): "2023-03-24T09:53:33.984Z".
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace parlor::dialects::order {

// With `Z` or an offset such as +02:00, with a part of a second (cut at milliseconds) or none.
// Nothing for any other text: a time without a zone is any of some forty.
std::optional<Timestamp> parse_iso8601(std::string_view text);

}  // namespace parlor::dialects::order
