// Counters by day, inbox and agent.
//
// Many jobs of one commit count in the same few rows: what they add is gathered in memory and
// written once for all of them. A job's counts join the group's when the job is kept, so that one
// that is undone has counted nothing:
//
//   forget()  job counts  keep()    forget()  job is undone    forget()  …    write()  COMMIT
//
// Reading sees what is gathered. A group counts in a handful of rows; each gathers at most one
// entry a row.
#pragma once

#include <map>
#include <vector>

#include "chat/statistics.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

class SqlStatistics final : public chat::Statistics {
 public:
  explicit SqlStatistics(Connection& db) : db_(db) {}

  void forget() { job_.clear(); }
  void keep();
  void write();
  void drop();

  void add(const chat::StatisticsKey& key, const chat::DayCounts& counts) override;
  std::vector<chat::StatisticsDay> days(AccountId account, ConversationId agent, InboxId inbox,
                                        std::int64_t first_day, std::int64_t last_day) override;
  chat::WaitTotal waits(AccountId account, InboxId inbox, std::int64_t first_day,
                        std::int64_t last_day) override;

 private:
  struct Entry {
    chat::StatisticsKey key;
    chat::DayCounts counts;
  };
  using Gathered = std::map<chat::StatisticsKey, chat::DayCounts>;

  void write_row(const chat::StatisticsKey& key, const chat::DayCounts& counts);
  void write_times(const chat::StatisticsKey& key, const chat::DayCounts& counts);
  // Calls take(day, counts) for what is gathered and not written yet.
  template <class Take>
  void gathered(const chat::StatisticsKey& first, std::int64_t last_day, Take take) const;

  Connection& db_;
  std::vector<Entry> job_;
  Gathered group_;
};

}  // namespace parlor::store::sql
