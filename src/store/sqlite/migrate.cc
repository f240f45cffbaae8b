#include "store/sqlite/migrate.h"

#include <iterator>
#include <string>

#include "base/log.h"

namespace parlor::store {
namespace {

constexpr const char* kMigrations[] = {
#include "migrations.inc"
};

}  // namespace

int newest_schema_version() { return static_cast<int>(std::size(kMigrations)); }

Result<Ok> migrate(SqliteConnection& db, int version) {
  std::int64_t found = 0;
  {
    auto rows = db.read("PRAGMA user_version");
    if (rows.next()) found = rows.integer(0);
  }
  if (found > newest_schema_version())
    return fail(ErrorCode::invalid,
                "the data directory was written by a newer version of Parlor (schema " +
                    std::to_string(found) + ", this one knows " +
                    std::to_string(newest_schema_version()) + "); start that version instead");
  for (auto next = found; next < version; ++next) {
    db.begin_write();
    try {
      db.execute(kMigrations[next]);
      db.execute(("PRAGMA user_version = " + std::to_string(next + 1)).c_str());
      db.commit();
    } catch (...) {
      db.rollback();
      throw;
    }
    log::info("data directory migrated to schema {}", next + 1);
  }
  return Ok{};
}

}  // namespace parlor::store
