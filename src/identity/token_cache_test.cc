#include "identity/token_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace parlor::identity {
namespace {

const AccountId kOurs{11};
const AccountId kTheirs{12};

std::shared_ptr<const VerifiedToken> verified_until(Timestamp expires_at,
                                                    AccountId account = kOurs) {
  auto token = std::make_shared<VerifiedToken>();
  token->claims.account = account;
  token->expires_at = expires_at;
  return token;
}

TEST(TokenCache, FindsWhatWasInsertedAndNothingElse) {
  const ManualClock clock({1'000'000});
  TokenCache cache(clock);
  const auto verified = verified_until({2'000'000});
  EXPECT_EQ(cache.find("a.b.c"), nullptr);
  cache.insert("a.b.c", verified, cache.generation());
  cache.insert("a.b.c", verified, cache.generation());
  EXPECT_EQ(cache.find("a.b.c"), verified);
  EXPECT_EQ(cache.find("a.b.d"), nullptr);
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.find(std::string(kMaxTokenBytes + 1, 'a')), nullptr);
}

TEST(TokenCache, ForgetsATokenWhenItsLeewayEnds) {
  ManualClock clock({1'000'000});
  TokenCache cache(clock);
  cache.insert("a.b.c", verified_until({1'500'000}), cache.generation());
  clock.set({1'529'999});
  EXPECT_NE(cache.find("a.b.c"), nullptr);
  clock.set({1'530'000});
  EXPECT_EQ(cache.find("a.b.c"), nullptr);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(TokenCache, DropsTheLongestUnusedWhenItIsFull) {
  const ManualClock clock({1'000'000});
  TokenCache cache(clock, 2);
  cache.insert("a", verified_until({2'000'000}), 0);
  cache.insert("b", verified_until({2'000'000}), 0);
  EXPECT_NE(cache.find("a"), nullptr);
  cache.insert("c", verified_until({2'000'000}), 0);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_NE(cache.find("c"), nullptr);
  EXPECT_EQ(cache.size(), 2U);
}

TEST(TokenCache, ForgetsOneAccountAndKeepsTheOthers) {
  const ManualClock clock({1'000'000});
  TokenCache cache(clock);
  cache.insert("a", verified_until({2'000'000}, kOurs), 0);
  cache.insert("b", verified_until({2'000'000}, kTheirs), 0);
  cache.forget(kOurs);
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_NE(cache.find("b"), nullptr);
}

TEST(TokenCache, KeepsNothingThatWasVerifiedWithForgottenKeys) {
  const ManualClock clock({1'000'000});
  TokenCache cache(clock);
  const auto before_the_keys_were_read = cache.generation();
  cache.forget(kOurs);
  cache.insert("a", verified_until({2'000'000}), before_the_keys_were_read);
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.insert("a", verified_until({2'000'000}), cache.generation());
  EXPECT_NE(cache.find("a"), nullptr);
}

TEST(TokenCache, ServesManyThreads) {
  const ManualClock clock({1'000'000});
  TokenCache cache(clock, 50);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2'000; ++i) {
        const AccountId account{i % 100 + 1};
        const std::string token = "token " + std::to_string(i % 100);
        cache.insert(token, verified_until({2'000'000}, account), cache.generation());
        const auto found = cache.find(token);
        if (found && found->claims.account != account) ++wrong;
        if (i % 500 == t) cache.forget(account);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(cache.size(), 50U);
}

}  // namespace
}  // namespace parlor::identity
