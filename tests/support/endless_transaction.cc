#include "support/endless_transaction.h"

#include <sqlite3.h>

#include <stdexcept>

#include "store/sqlite/migrate.h"
#include "store/sqlite/search_index.h"

namespace parlor::chat::testing {

DatabaseInMemory::DatabaseInMemory(Timestamp start)
    : clock(start),
      id_source(clock, 0),
      db(":memory:", store::SqliteConnection::Mode::writer),
      search(db) {
  store::migrate(db).value();
  store::attach_search_index(db, ":memory:");
  store::SearchIndex(db).open();
}

EndlessTransaction::EndlessTransaction(Timestamp start)
    : DatabaseInMemory(start), SqlTransaction(db, search, &id_source) {}

IdSource& EndlessTransaction::ids() {
  if (writing_is_forbidden_) throw std::logic_error("a read-only transaction makes no ids");
  return id_source;
}

void EndlessTransaction::record(Event event) {
  if (writing_is_forbidden_) throw std::logic_error("a read-only transaction records no events");
  events.push_back(std::move(event));
}

void EndlessTransaction::forbid_writing(bool forbidden) {
  writing_is_forbidden_ = forbidden;
  db.execute(forbidden ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF");
}

std::int64_t EndlessTransaction::rows_written() { return sqlite3_total_changes64(db.handle()); }

std::int64_t EndlessTransaction::count(store::sql::Sql select) {
  auto rows = db.read(select);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace parlor::chat::testing
