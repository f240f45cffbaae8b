// The target of a request line, safely taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlor::net {

struct RequestTarget {
  std::string path;                   // decoded: "/room/17"
  std::vector<std::string> segments;  // decoded, split before decoding: %2F parts nothing
  std::string raw_query;
  bool is_asterisk = false;  // "OPTIONS *"
};

// Takes "/a/b?q" and "http://host/a/b?q". Nothing when it is neither, when an escape is broken, or
// when the decoded path has NUL or is not UTF-8. Empty segments at the end are dropped ("/a/" is
// "a"), others are kept.
std::optional<RequestTarget> parse_target(std::string_view text);

// The decoded path up to the first segment that cannot be read ("/room/"): whose request it would
// have been.
std::string readable_path(std::string_view text);

}  // namespace parlor::net
