#include "chat/durations.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

TEST(Durations, NothingHasNoMean) {
  const Durations none;
  EXPECT_EQ(none.count(), 0);
  EXPECT_EQ(none.mean_ms(), std::nullopt);
  EXPECT_EQ(none.quantile_ms(0.5), std::nullopt);
}

TEST(Durations, TheMeanIsExactAndQuantilesAreWithinFivePercent) {
  Durations durations;
  for (std::int64_t n = 1; n <= 1'000; ++n) durations.add(n * kMinuteMs);
  EXPECT_EQ(durations.mean_ms(), 1'001 * kMinuteMs / 2);
  for (const double fraction : {0.01, 0.1, 0.5, 0.9, 0.99, 1.0}) {
    const auto exact = fraction * 1'000 * static_cast<double>(kMinuteMs);
    EXPECT_NEAR(static_cast<double>(*durations.quantile_ms(fraction)), exact, exact * 0.05)
        << fraction;
  }
}

TEST(Durations, AnyDurationHasABucket) {
  Durations durations;
  for (const std::int64_t ms : {INT64_MIN, std::int64_t{-5}, std::int64_t{0}, std::int64_t{1}})
    durations.add(ms);
  EXPECT_EQ(durations.buckets(), (std::map<int, std::int64_t>{{0, 4}}));
  EXPECT_EQ(durations.total_ms(), 1);
  EXPECT_EQ(Durations::bucket_of(INT64_MAX), Durations::kBuckets - 1);
  EXPECT_EQ(Durations::bucket_of(2), 8);
  EXPECT_EQ(Durations::bucket_of(1'023), 79);
  EXPECT_EQ(Durations::bucket_of(1'024), 80);
}

TEST(Durations, PartsMergeToTheWhole) {
  Durations whole;
  Durations left;
  Durations right;
  for (std::int64_t n = 0; n < 500; ++n) {
    whole.add(n * n);
    (n % 3 == 0 ? left : right).add(n * n);
  }
  left.merge(right);
  EXPECT_EQ(left.buckets(), whole.buckets());
  EXPECT_EQ(left.count(), whole.count());
  EXPECT_EQ(left.total_ms(), whole.total_ms());
}

TEST(Durations, WhatWasStoredIsWhatItWas) {
  Durations durations;
  for (std::int64_t n = 0; n < 50; ++n) durations.add(n * 1'000);
  const auto again = Durations::of(durations.total_ms(), durations.buckets());
  EXPECT_EQ(again.count(), 50);
  EXPECT_EQ(again.quantile_ms(0.9), durations.quantile_ms(0.9));
  EXPECT_EQ(Durations::of(5, {{-1, 3}, {Durations::kBuckets, 3}}).count(), 0);
}

}  // namespace
}  // namespace parlor::chat
