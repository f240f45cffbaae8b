#include "net/timer_wheel.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <vector>

namespace parlor::net {
namespace {

std::int64_t now = 0;
std::int64_t read_now() { return now; }

struct Alarm {
  explicit Alarm(TimerWheel& on) : wheel(on), timer(Timer::calling<&Alarm::ring>(this)) {}
  void ring() {
    rang_at.push_back(now);
    if (period > 0) wheel.start(timer, period);
  }
  TimerWheel& wheel;
  Timer timer;
  std::int64_t period = 0;
  std::vector<std::int64_t> rang_at;
};

// Sleeps as a shard does: exactly as long as the wheel says.
void run_until(TimerWheel& wheel, std::int64_t end) {
  while (true) {
    const auto next = wheel.next_ms();
    if (!next || *next > end) break;
    now = std::max(now, *next);
    wheel.advance();
  }
  now = end;
  wheel.advance();
}

TEST(TimerWheel, FiresNeverLateAndAtMostTwoMillisecondsEarly) {
  now = 1'000'003;
  TimerWheel wheel(&read_now);
  std::mt19937_64 random(7);
  std::map<std::int64_t, std::vector<std::unique_ptr<Alarm>>> alarms;
  for (int i = 0; i < 5000; ++i) {
    const std::int64_t delay = static_cast<std::int64_t>(random() % (1 << (4 + i % 20))) + 1;
    auto alarm = std::make_unique<Alarm>(wheel);
    wheel.start(alarm->timer, delay);
    alarms[now + delay].push_back(std::move(alarm));
    if (i % 100 == 0) run_until(wheel, now + static_cast<std::int64_t>(random() % 300));
  }
  run_until(wheel, now + (1 << 24));
  for (const auto& [deadline, group] : alarms) {
    for (const auto& alarm : group) {
      ASSERT_EQ(alarm->rang_at.size(), 1u);
      EXPECT_LE(alarm->rang_at[0], deadline);
      EXPECT_GE(alarm->rang_at[0], deadline - 2);
    }
  }
  EXPECT_FALSE(wheel.next_ms().has_value());
}

TEST(TimerWheel, AStoppedOrDestroyedTimerDoesNotFire) {
  now = 0;
  TimerWheel wheel(&read_now);
  Alarm stopped(wheel);
  wheel.start(stopped.timer, 50);
  {
    Alarm destroyed(wheel);
    wheel.start(destroyed.timer, 50);
  }
  stopped.timer.stop();
  EXPECT_FALSE(wheel.next_ms().has_value());
  run_until(wheel, 100);
  EXPECT_TRUE(stopped.rang_at.empty());
}

TEST(TimerWheel, ACallbackMayStartItsTimerAgain) {
  now = 0;
  TimerWheel wheel(&read_now);
  Alarm alarm(wheel);
  alarm.period = 300;
  wheel.start(alarm.timer, 300);
  run_until(wheel, 3000);
  EXPECT_GE(alarm.rang_at.size(), 10u);
  EXPECT_LE(alarm.rang_at.size(), 11u);
}

TEST(TimerWheel, StartingARunningTimerMovesIt) {
  now = 0;
  TimerWheel wheel(&read_now);
  Alarm alarm(wheel);
  wheel.start(alarm.timer, 10);
  wheel.start(alarm.timer, 5000);
  run_until(wheel, 4000);
  EXPECT_TRUE(alarm.rang_at.empty());
  run_until(wheel, 5000);
  EXPECT_EQ(alarm.rang_at.size(), 1u);
}

TEST(TimerWheel, ALongSleepFiresEverythingOnce) {
  now = 0;
  TimerWheel wheel(&read_now);
  std::vector<std::unique_ptr<Alarm>> alarms;
  for (int i = 1; i <= 200; ++i) {
    alarms.push_back(std::make_unique<Alarm>(wheel));
    wheel.start(alarms.back()->timer, i * 37);
  }
  now = 1'000'000;
  wheel.advance();
  for (const auto& alarm : alarms) EXPECT_EQ(alarm->rang_at.size(), 1u);
}

}  // namespace
}  // namespace parlor::net
