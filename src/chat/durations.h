// Many durations in little room: how many, their sum, and a histogram from which their median is
// known within 5 %.
//
// Buckets are an eighth of a doubling wide: bucket b holds durations of 2^(b/8) ms up to
// 2^((b+1)/8) ms, the first also shorter and the last also longer ones. 256 of them reach 49 days.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace parlor::chat {

class Durations {
 public:
  static constexpr int kBuckets = 256;

  void add(std::int64_t ms);
  void merge(const Durations& other);

  // As they are stored; `buckets` outside of 0 to kBuckets - 1 are ignored.
  static Durations of(std::int64_t total_ms, const std::map<int, std::int64_t>& buckets);
  const std::map<int, std::int64_t>& buckets() const { return buckets_; }

  std::int64_t count() const { return count_; }
  std::int64_t total_ms() const { return total_ms_; }
  // Nothing when there is none.
  std::optional<std::int64_t> mean_ms() const;
  // What `fraction` (0 to 1) of them do not exceed.
  std::optional<std::int64_t> quantile_ms(double fraction) const;

  static int bucket_of(std::int64_t ms);

 private:
  std::int64_t count_ = 0;
  std::int64_t total_ms_ = 0;
  std::map<int, std::int64_t> buckets_;
};

}  // namespace parlor::chat
