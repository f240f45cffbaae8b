// How many events a client may send: a bucket of tokens, refilled as time passes. 16 bytes.
#pragma once

#include <algorithm>
#include <cstdint>

#include "socketio/time.h"

namespace parlor::socketio {

struct RateLimit {
  std::uint16_t per_second = 0;  // 0: no limit
  std::uint16_t burst = 0;       // how many at once, after a silence
};

class RateLimiter {
 public:
  RateLimiter() = default;
  explicit RateLimiter(RateLimit limit) : limit_(limit), tokens_(static_cast<float>(limit.burst)) {}

  // Takes one token. False: there was none.
  bool take(Milliseconds now) {
    if (limit_.per_second == 0) return true;
    const auto at = static_cast<std::uint32_t>(now);
    const float elapsed_s = static_cast<float>(at - last_ms_) / 1000.0F;
    const float refilled = tokens_ + elapsed_s * static_cast<float>(limit_.per_second);
    tokens_ = std::min(static_cast<float>(limit_.burst), refilled);
    last_ms_ = at;
    if (tokens_ < 1.0F) return false;
    tokens_ -= 1.0F;
    return true;
  }

 private:
  RateLimit limit_;
  float tokens_ = 0;
  std::uint32_t last_ms_ = 0;  // wraps every 49 days, as differences may
};

}  // namespace parlor::socketio
