// One transaction of the real store that never ends, over a database in memory: for tests of rules.
//
// It has the store's schema, statements and search, and a clock of its own. No commit, no queue and
// no reader: tests/contract covers those. One thread.
#pragma once

#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "store/sql/transaction.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/search.h"

namespace parlor::chat::testing {

// What a transaction needs to exist before it.
struct DatabaseInMemory {
  explicit DatabaseInMemory(Timestamp start);

  ManualClock clock;
  ClockIdSource id_source;
  store::SqliteConnection db;
  store::SqliteSearch search;
};

class EndlessTransaction final : private DatabaseInMemory, public store::sql::SqlTransaction {
 public:
  explicit EndlessTransaction(Timestamp start);

  Timestamp now() override { return clock.now(); }
  IdSource& ids() override;
  void record(Event event) override;

  std::vector<Event> events;  // recorded so far
  std::vector<Event> take_events() { return std::exchange(events, {}); }

  void advance(std::int64_t ms) { clock.advance(ms); }
  void forbid_writing(bool forbidden = true);  // then every writing call throws
  std::int64_t rows_written();                 // since the start
  std::int64_t count(store::sql::Sql select);  // "SELECT COUNT(*) FROM …"

 private:
  bool writing_is_forbidden_ = false;
};

}  // namespace parlor::chat::testing
