#include "identity/login_throttle.h"

#include <gtest/gtest.h>

#include <string>

namespace parlor::identity {
namespace {

constexpr LoginLimits kLimits{.per_address = {.burst = 5, .a_minute = 6},
                              .per_email = {.burst = 3, .a_minute = 1}};

class LoginThrottleTest : public testing::Test {
 protected:
  bool try_login(const std::string& address, const std::string& email) {
    return throttle_.admit(address, email).has_value();
  }

  ManualClock clock_{{1'000'000}};
  LoginThrottle throttle_{clock_, kLimits};
};

TEST_F(LoginThrottleTest, RefusesOneEmailFromManyAddresses) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(try_login("10.0.0." + std::to_string(i), "a@x.org"));
  const auto refused = throttle_.admit("10.0.0.9", "A@X.org");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().retry_after, std::chrono::milliseconds(60'000));
  EXPECT_TRUE(try_login("10.0.0.9", "b@x.org"));
}

TEST_F(LoginThrottleTest, RefusesOneAddressWithManyEmails) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(try_login("10.0.0.1", std::to_string(i) + "@x.org"));
  const auto refused = throttle_.admit("10.0.0.1", "another@x.org");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().retry_after, std::chrono::milliseconds(10'000));
  EXPECT_TRUE(try_login("10.0.0.2", "another@x.org"));
}

TEST_F(LoginThrottleTest, AdmitsAgainWhenItSaidSo) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(try_login("10.0.0.1", "a@x.org"));
  clock_.advance(59'999);
  EXPECT_FALSE(try_login("10.0.0.1", "a@x.org"));
  clock_.advance(1);
  EXPECT_TRUE(try_login("10.0.0.1", "a@x.org"));
  EXPECT_FALSE(try_login("10.0.0.1", "a@x.org"));
}

TEST_F(LoginThrottleTest, DoesNotCountRefusedAttempts) {
  for (int i = 0; i < 100; ++i) (void)try_login("10.0.0.1", "a@x.org");
  clock_.advance(60'000);
  EXPECT_TRUE(try_login("10.0.0.1", "a@x.org"));
}

TEST_F(LoginThrottleTest, DoesNotCountTheRightPassword) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(try_login("10.0.0.1", "a@x.org"));
    throttle_.succeeded("10.0.0.1", "a@x.org");
  }
}

TEST_F(LoginThrottleTest, CountsAnIpv6NetworkAsOneAddress) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(try_login("2001:db8:1:2::" + std::to_string(i), std::to_string(i)));
  }
  EXPECT_FALSE(try_login("2001:db8:1:2:ffff::1", "z"));
  EXPECT_TRUE(try_login("2001:db8:1:3::1", "z"));
  EXPECT_TRUE(try_login("::ffff:10.0.0.1", "y"));
}

TEST_F(LoginThrottleTest, SurvivesAClockThatIsSetBack) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(try_login("10.0.0.1", "a@x.org"));
  clock_.advance(-500'000);
  const auto refused = throttle_.admit("10.0.0.1", "a@x.org");
  ASSERT_FALSE(refused.has_value());
  EXPECT_LE(refused.error().retry_after, std::chrono::milliseconds(60'000));
}

TEST_F(LoginThrottleTest, ForgetsTheLongestUnusedWhenItIsFull) {
  LoginThrottle throttle(clock_, {.per_address = {}, .per_email = {.burst = 1, .a_minute = 1}});
  EXPECT_TRUE(throttle.admit("", "first"));
  EXPECT_FALSE(throttle.admit("", "first"));
  for (std::size_t i = 0; i < LoginThrottle::kMaxBuckets; ++i) {
    EXPECT_TRUE(throttle.admit("", std::to_string(i)));
  }
  EXPECT_TRUE(throttle.admit("", "first"));
}

TEST(LoginThrottle, WithoutLimitsAdmitsEverybody) {
  const ManualClock clock({0});
  LoginThrottle throttle(clock, LoginLimits{.per_address = {}, .per_email = {}});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(throttle.admit("10.0.0.1", "a@x.org"));
}

}  // namespace
}  // namespace parlor::identity
