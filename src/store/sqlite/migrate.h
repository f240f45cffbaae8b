// Brings the file to the newest schema, or to an earlier one.
//
// Migrations are the files of migrations/, numbered from 1 without a gap and embedded by CMake. The
// file's user_version is the number of the last one that ran; each runs in its own transaction. A
// file with a higher number was written by a newer server and is refused.
#pragma once

#include "base/result.h"
#include "store/sqlite/connection.h"

namespace parlor::store {

int newest_schema_version();
// Precondition: 0 <= `version` <= newest_schema_version(). What is beyond it already stays so.
Result<Ok> migrate(SqliteConnection& db, int version = newest_schema_version());

}  // namespace parlor::store
