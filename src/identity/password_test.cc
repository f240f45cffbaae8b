#include "identity/password.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <stdexcept>
#include <vector>

namespace parlor::identity {
namespace {

class BusyWorkers final : public Workers {
 public:
  bool submit(Task) override { return false; }
};

TEST(Password, MatchesOnlyTheOneThatWasHashed) {
  const std::string hash = hash_password("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(verify_or_burn(hash, "correct horse"));
  EXPECT_FALSE(verify_or_burn(hash, "correct horsf"));
  EXPECT_FALSE(verify_or_burn(hash, ""));
  EXPECT_FALSE(verify_or_burn(hash, std::string_view("correct horse\0", 14)));
  EXPECT_NE(hash, hash_password("correct horse")) << "each hash has its own salt";
}

TEST(Password, NobodyHasAPassword) {
  EXPECT_FALSE(verify_or_burn("", ""));
  EXPECT_FALSE(verify_or_burn("", "anything"));
}

TEST(Password, AForeignHashMatchesNothing) {
  for (const char* hash : {"x", "$argon2id$", "$2b$10$abc", "$argon2id$v=19$m=19456,t=2,p=1$$"}) {
    EXPECT_FALSE(verify_or_burn(hash, "anything")) << hash;
  }
  EXPECT_FALSE(verify_or_burn(std::string(500, '$'), "anything"));
}

TEST(Password, HasABound) {
  const std::string longest(kMaxPasswordBytes, 'p');
  const std::string hash = hash_password(longest);
  EXPECT_TRUE(verify_or_burn(hash, longest));
  EXPECT_FALSE(verify_or_burn(hash, longest + "p"));
  EXPECT_THROW(hash_password(longest + "p"), std::invalid_argument);
}

TEST(Password, TakesAsLongForNobodyAsForSomebody) {
  const std::string hash = hash_password("correct horse");
  const auto median_us = [](const std::string& of) {
    std::vector<long> took;
    for (int i = 0; i < 9; ++i) {
      const auto start = std::chrono::steady_clock::now();
      (void)verify_or_burn(of, "wrong");
      took.push_back(static_cast<long>(std::chrono::duration_cast<std::chrono::microseconds>(
                                           std::chrono::steady_clock::now() - start)
                                           .count()));
    }
    std::nth_element(took.begin(), took.begin() + 4, took.end());
    return static_cast<double>(took[4]);
  };
  median_us("");
  // A look-up without hashing would be thousands of times faster; the rest is this machine's noise.
  EXPECT_GT(median_us(""), median_us(hash) * 0.5);
}

TEST(Password, IsCheckedByTheWorkers) {
  ThreadWorkers workers(1, 4);
  std::promise<bool> matches;
  ASSERT_TRUE(check_password(workers, hash_password("correct horse"), "correct horse",
                             [&](bool it_does) { matches.set_value(it_does); }));
  EXPECT_TRUE(matches.get_future().get());
}

TEST(Password, IsNotCheckedWhenTheWorkersAreBusy) {
  BusyWorkers workers;
  EXPECT_FALSE(check_password(workers, "", "anything", [](bool) { FAIL(); }));
}

}  // namespace
}  // namespace parlor::identity
