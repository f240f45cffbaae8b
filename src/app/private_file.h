// Small files that only the server's user may read (mode 0600).
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace parlor::app {

inline constexpr std::size_t kMaxPrivateFileBytes = 1024 * 1024;

// Nothing when there is no such file.
std::optional<std::string> read_private_file(const std::string& path);

// Whole or not at all: written beside it, flushed, renamed. unavailable, with the system's reason.
Result<Ok> write_private_file(const std::string& path, const std::string& content);

}  // namespace parlor::app
