// A copy of everything that a data directory keeps: the database and the blobs.
#pragma once

#include <string>

#include "base/result.h"
#include "store/store.h"

namespace parlor::app {

// Makes `target`, which must not exist, a data directory of its own; it appears under its name only
// when it is complete. Blobs are copied behind the database, so that each of its uploads has its
// file. Blocks.
Result<Ok> back_up_all(store::Store& store, const std::string& data_dir, const std::string& target);

}  // namespace parlor::app
