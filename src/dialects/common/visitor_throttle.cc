#include "dialects/common/visitor_throttle.h"

#include <algorithm>
#include <cmath>

namespace parlor::dialects {

Result<Ok> VisitorThrottle::admit(std::int64_t visitor) {
  if (per_second_ == 0) return Ok();
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kMaxVisitors && !buckets_.contains(visitor)) {
    buckets_.erase(buckets_.begin());
  }
  auto& bucket = buckets_.try_emplace(visitor, Bucket{burst_, now}).first->second;
  const auto elapsed_s = static_cast<double>(std::max<std::int64_t>(0, now - bucket.at)) / 1000;
  bucket.tokens = std::min(burst_, bucket.tokens + elapsed_s * per_second_);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return Ok();
  }
  const auto wait_ms =
      static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_second_ * 1000));
  return Failure(Error{ErrorCode::rate_limited, "too many messages at once; wait a moment",
                       std::chrono::milliseconds(wait_ms)});
}

}  // namespace parlor::dialects
