#include "chat/durations.h"

#include <algorithm>
#include <cmath>

namespace parlor::chat {

namespace {

constexpr double kPerDoubling = 8;

}  // namespace

int Durations::bucket_of(std::int64_t ms) {
  if (ms <= 1) return 0;
  return std::min(static_cast<int>(std::log2(static_cast<double>(ms)) * kPerDoubling),
                  kBuckets - 1);
}

void Durations::add(std::int64_t ms) {
  ms = std::max<std::int64_t>(ms, 0);
  count_ += 1;
  total_ms_ += ms;
  buckets_[bucket_of(ms)] += 1;
}

void Durations::merge(const Durations& other) {
  count_ += other.count_;
  total_ms_ += other.total_ms_;
  for (const auto& [bucket, count] : other.buckets_) buckets_[bucket] += count;
}

Durations Durations::of(std::int64_t total_ms, const std::map<int, std::int64_t>& buckets) {
  Durations durations;
  durations.total_ms_ = total_ms;
  for (const auto& [bucket, count] : buckets) {
    if (bucket < 0 || bucket >= kBuckets) continue;
    durations.count_ += count;
    durations.buckets_[bucket] += count;
  }
  return durations;
}

std::optional<std::int64_t> Durations::mean_ms() const {
  if (count_ == 0) return std::nullopt;
  return total_ms_ / count_;
}

// The middle of its bucket, on the scale of the buckets.
std::optional<std::int64_t> Durations::quantile_ms(double fraction) const {
  if (count_ == 0) return std::nullopt;
  const auto rank = std::max<std::int64_t>(
      1, static_cast<std::int64_t>(std::ceil(fraction * static_cast<double>(count_))));
  std::int64_t seen = 0;
  int at = 0;
  for (const auto& [bucket, count] : buckets_) {
    at = bucket;
    seen += count;
    if (seen >= rank) break;
  }
  return std::llround(std::exp2((at + 0.5) / kPerDoubling));
}

}  // namespace parlor::chat
