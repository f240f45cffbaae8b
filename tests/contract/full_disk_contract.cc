// What a full disk does to the log, which may be on it.
#include <algorithm>
#include <chrono>

#include "contract/fixture.h"

namespace parlor::store {
namespace {

using std::chrono::steady_clock;

UseCase sending(const char* text) {
  return [text](chat::Transaction& t) {
    send(t, {1}, text);
    return true;
  };
}

TEST_P(StoreContract, SendsThatAFullDiskRefusesDoNotFillTheLog) {
  write([](chat::Transaction& t) {
    t.rooms().insert(sample_room(1));
    return true;
  });
  testing::internal::CaptureStdout();
  const auto start = steady_clock::now();
  under_test_->inject(Fault::disk_full, 0, 1'000'000);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(write(sending("refused")));
  under_test_->heal();
  EXPECT_FALSE(write(sending("taken")));
  const auto lines = testing::internal::GetCapturedStdout();
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(steady_clock::now() - start).count();
  EXPECT_THAT(lines, testing::HasSubstr("full"));
  EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 3 + seconds) << lines;
}

}  // namespace
}  // namespace parlor::store
