// Where new ids come from.
#pragma once

#include <cstdint>
#include <mutex>

#include "base/clock.h"
#include "base/id.h"

namespace parlor {

// Thread-safe. Every id is unique on the server, across restarts too.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual std::int64_t next() = 0;

  template <class IdType>
  IdType make() {
    return IdType{next()};
  }
};

// Second and number, as drawn in id.h. 2^21 ids a second; a burst beyond that borrows from the next
// second. Seconds never go back: a clock set back leaves the source where it was.
class ClockIdSource final : public IdSource {
 public:
  // `first_second` is the earliest second that ids may carry: one after the last one that an
  // earlier run of the server may have used.
  ClockIdSource(const Clock& clock, std::int64_t first_second)
      : clock_(clock), second_(first_second) {}

  std::int64_t next() override;

 private:
  const Clock& clock_;
  std::mutex mutex_;
  std::int64_t second_;
  std::int64_t number_ = 0;
};

}  // namespace parlor
