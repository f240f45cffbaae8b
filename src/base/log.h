// The server's log: spdlog's default logger, one line an event, to standard error.
//
//   log::info("listening on {}", address);
//
// Never log tokens, message texts or query strings (they carry session ids and signatures).
#pragma once

#include <spdlog/spdlog.h>

namespace parlor::log {

using spdlog::debug;
using spdlog::error;
using spdlog::info;
using spdlog::warn;

}  // namespace parlor::log
