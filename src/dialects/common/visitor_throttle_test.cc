#include "dialects/common/visitor_throttle.h"

#include <gtest/gtest.h>

namespace parlor::dialects {
namespace {

TEST(VisitorThrottle, ABurstPassesAndThenOnlyTheRate) {
  ManualClock clock({1'000'000});
  VisitorThrottle throttle(clock, 20, 100);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(throttle.admit(1));
  const auto refused = throttle.admit(1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  ASSERT_TRUE(refused.error().retry_after);
  clock.advance(refused.error().retry_after->count());
  EXPECT_TRUE(throttle.admit(1));
  EXPECT_FALSE(throttle.admit(1));
}

TEST(VisitorThrottle, VisitorsDoNotShareABucket) {
  ManualClock clock({1'000'000});
  VisitorThrottle throttle(clock, 1, 1);
  EXPECT_TRUE(throttle.admit(1));
  EXPECT_TRUE(throttle.admit(2));
  EXPECT_FALSE(throttle.admit(1));
}

TEST(VisitorThrottle, ARateOfZeroIsNoLimit) {
  ManualClock clock({1'000'000});
  VisitorThrottle throttle(clock, 0, 0);
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(throttle.admit(1));
}

}  // namespace
}  // namespace parlor::dialects
