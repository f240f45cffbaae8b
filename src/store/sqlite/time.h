// The store's time, which never goes back, and the ids of one run.
#pragma once

#include <algorithm>
#include <atomic>

#include "base/clock.h"
#include "base/id_source.h"

namespace parlor::store {

// Thread-safe.
class MonotonicClock final : public Clock {
 public:
  explicit MonotonicClock(const Clock& clock) : clock_(clock) {}

  Timestamp now() const override {
    const auto given = clock_.now().ms;
    auto last = last_ms_.load();
    while (given > last && !last_ms_.compare_exchange_weak(last, given)) {
    }
    return {std::max(given, last)};
  }

 private:
  const Clock& clock_;
  mutable std::atomic<std::int64_t> last_ms_ = 0;
};

// Remembers the newest second that an id carries, which the writer stores with the ids' rows: so a
// restart never gives an id twice, even when the clock has been set back. Writer thread only.
class WitnessedIds final : public IdSource {
 public:
  WitnessedIds(const Clock& clock, std::int64_t first_second) : source_(clock, first_second) {}

  std::int64_t next() override {
    const auto id = source_.next();
    newest_second_ = std::max(newest_second_, id >> kIdNumberBits);
    return id;
  }
  std::int64_t newest_second() const { return newest_second_; }

 private:
  ClockIdSource source_;
  std::int64_t newest_second_ = 0;
};

}  // namespace parlor::store
