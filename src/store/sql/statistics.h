// Counters by day, inbox and agent.
// Gathered (gathered.h): many jobs of one commit count in the same few rows.
#pragma once

#include <vector>

#include "chat/statistics.h"
#include "store/sql/connection.h"
#include "store/sql/gathered.h"

namespace parlor::store::sql {

class SqlStatistics final : public chat::Statistics,
                            public Gathered<chat::StatisticsKey, chat::DayCounts> {
 public:
  explicit SqlStatistics(Connection& db) : db_(db) {}

  void write();

  void add(const chat::StatisticsKey& key, const chat::DayCounts& counts) override {
    gather(key, counts);
  }
  std::vector<chat::StatisticsDay> days(AccountId account, ConversationId agent, InboxId inbox,
                                        std::int64_t first_day, std::int64_t last_day) override;
  chat::WaitTotal waits(AccountId account, InboxId inbox, std::int64_t first_day,
                        std::int64_t last_day) override;

 private:
  void write_row(const chat::StatisticsKey& key, const chat::DayCounts& counts);
  void write_times(const chat::StatisticsKey& key, const chat::DayCounts& counts);
  // Calls take(day, counts) for what is gathered of these days.
  template <class Take>
  void each_day(const chat::StatisticsKey& first, std::int64_t last_day, Take take) const;

  Connection& db_;
};

}  // namespace parlor::store::sql
