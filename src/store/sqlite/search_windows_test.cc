#include "store/sqlite/search_windows.h"

#include <gtest/gtest.h>

namespace parlor::store {
namespace {

using std::chrono::milliseconds;

std::chrono::nanoseconds spent{0};
std::chrono::nanoseconds spent_so_far() { return spent; }

struct Walk {
  std::int64_t documents = 0;
  int windows = 0;
  bool gave_up = false;
};

// At so much for a million documents.
Walk walk(std::int64_t newest, milliseconds price) {
  spent = milliseconds(0);
  SearchWindows windows(newest, SearchWindows::kMaxCost, spent_so_far);
  Walk walk;
  auto expected = newest;
  while (const auto window = windows.next()) {
    EXPECT_EQ(window->newest, expected) << "no document is left out, none walked twice";
    EXPECT_GE(window->oldest, 1);
    const auto size = window->newest - window->oldest + 1;
    spent += std::chrono::nanoseconds(price) * size / 1'000'000;
    walk.documents += size;
    ++walk.windows;
    expected = window->oldest - 1;
  }
  walk.gave_up = windows.gave_up();
  return walk;
}

TEST(SearchWindows, ACheapWalkReachesTheOldestDocumentInFewWindows) {
  for (const std::int64_t newest : {1, 2, 250'000, 250'001, 10'000'000, 100'000'000}) {
    const auto all = walk(newest, milliseconds(0));
    EXPECT_EQ(all.documents, newest);
    EXPECT_FALSE(all.gave_up);
    EXPECT_LE(all.windows, 6) << newest;
  }
}

TEST(SearchWindows, AnEmptyIndexHasNone) { EXPECT_EQ(walk(0, milliseconds(1)).windows, 0); }

TEST(SearchWindows, ADearWalkIsGivenUpWhenItsTimeIsSpent) {
  const auto part = walk(100'000'000, milliseconds(10));
  EXPECT_TRUE(part.gave_up);
  EXPECT_LE(spent, SearchWindows::kMaxCost);
  EXPECT_GE(spent, SearchWindows::kMaxCost * 9 / 10) << "and not long before";
}

TEST(SearchWindows, TheFirstWindowIsWalkedWhateverItCosts) {
  const auto part = walk(100'000'000, milliseconds(10'000));
  EXPECT_EQ(part.windows, 1);
  EXPECT_TRUE(part.gave_up);
  EXPECT_FALSE(walk(250'000, milliseconds(10'000)).gave_up) << "that was all";
}

}  // namespace
}  // namespace parlor::store
