// How fast one visitor may write: a token bucket for each session (design.md, Bounds).
//
// Thread-safe. Bound: kMaxVisitors; when they are all in use, one of them is forgotten for each new
// one.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace parlor::dialects {

class VisitorThrottle {
 public:
  static constexpr std::size_t kMaxVisitors = 100'000;

  // `per_second` 0: no limit.
  VisitorThrottle(const Clock& clock, unsigned per_second, unsigned burst)
      : clock_(clock), per_second_(per_second), burst_(burst) {}

  // Counts a write, or fails with rate_limited and retry_after. `visitor`: see caller_key_of.
  Result<Ok> admit(std::int64_t visitor);

 private:
  struct Bucket {
    double tokens = 0;
    Timestamp at;
  };

  const Clock& clock_;
  const double per_second_;
  const double burst_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Bucket> buckets_;
};

}  // namespace parlor::dialects
