#include "base/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

namespace parlor {
namespace {

TEST(ThreadWorkers, RunsWhatItTookBeforeItStops) {
  std::atomic<int> ran = 0;
  ThreadWorkers workers(2, 100);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(workers.submit([&] { ++ran; }));
  workers.stop();
  EXPECT_EQ(ran, 100);
  EXPECT_FALSE(workers.submit([&] { ++ran; }));
  EXPECT_EQ(ran, 100);
}

TEST(ThreadWorkers, RefusesMoreTasksThanMayWait) {
  std::promise<void> started;
  std::promise<void> release;
  ThreadWorkers workers(1, 2);
  ASSERT_TRUE(workers.submit([&] {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(workers.submit([] {}));
  EXPECT_TRUE(workers.submit([] {}));
  EXPECT_FALSE(workers.submit([] {}));
  release.set_value();
}

TEST(ThreadWorkers, SurvivesATaskThatThrows) {
  std::promise<int> after;
  ThreadWorkers workers(1, 2);
  ASSERT_TRUE(workers.submit([] { throw std::runtime_error("on purpose"); }));
  ASSERT_TRUE(workers.submit([&] { after.set_value(1); }));
  EXPECT_EQ(after.get_future().get(), 1);
}

}  // namespace
}  // namespace parlor
