// The time that is passed into the state machines of this folder: milliseconds of a clock that
// never goes back. Its zero is arbitrary.
#pragma once

#include <cstdint>
#include <limits>

namespace parlor::socketio {

using Milliseconds = std::int64_t;

// A deadline that never comes.
inline constexpr Milliseconds kNever = std::numeric_limits<Milliseconds>::max();

}  // namespace parlor::socketio
