// A consistent copy of an open database, while it is written to.
#pragma once

#include <string>

#include "base/result.h"

namespace parlor::store {

// Makes the directory `target`, a data directory of its own, with a copy of `file`. It appears
// under its name only when it is complete and durable. Blocks; uses a connection of its own.
Result<Ok> back_up(const std::string& file, const std::string& vfs, const std::string& target);

}  // namespace parlor::store
