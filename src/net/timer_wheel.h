// Timers of one thread: intrusive, no allocation, O(1) to start and stop.
//
// Five levels of 64 slots; a slot of level n is 64^n ms wide. A timer waits in the slot of its
// deadline on the lowest level that reaches it and moves down as time passes.
//
// A deadline is kept in whole milliseconds, rounded down and with 1 ms allowed for waking up: a
// timer fires up to 2 ms early, and late only by what the thread was busy. Delays above 12 days are
// cut to 12 days.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace parlor::net {

class TimerWheel;

// A member of the object that it calls. Stops when destroyed. Used on its wheel's thread only.
//
//   Timer heartbeat_ = Timer::calling<&Session::on_heartbeat>(this);
//   shard.timers().start(heartbeat_, 25'000);
class Timer {
 public:
  using Callback = void (*)(void* context);

  Timer(Callback callback, void* context) : callback_(callback), context_(context) {}
  template <auto Member, class Object>
  static Timer calling(Object* object) {
    return Timer([](void* context) { (static_cast<Object*>(context)->*Member)(); }, object);
  }

  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() { stop(); }

  bool is_running() const { return wheel_ != nullptr; }
  void stop();

 private:
  friend class TimerWheel;

  Timer* previous_ = nullptr;
  Timer* next_ = nullptr;
  TimerWheel* wheel_ = nullptr;
  Callback callback_;
  void* context_;
  std::int64_t deadline_ms_ = 0;
  std::uint16_t place_ = 0;  // level * kSlots + slot
};

class TimerWheel {
 public:
  // Milliseconds of a clock that never goes back.
  using Clock = std::int64_t (*)();

  explicit TimerWheel(Clock clock);
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;
  ~TimerWheel();

  // Fires once, `delay_ms` after now_ms(). Starting a running timer moves it.
  void start(Timer& timer, std::int64_t delay_ms);

  // Fires everything due. Callbacks may start, stop and destroy any timer.
  void advance();

  // When advance must be called next: a deadline, or a moment before it. Nothing without timers.
  std::optional<std::int64_t> next_ms() const;

  std::int64_t now_ms() const { return clock_(); }

 private:
  friend class Timer;
  static constexpr int kLevels = 5;
  static constexpr int kSlotBits = 6;
  static constexpr int kSlots = 1 << kSlotBits;

  void insert(Timer& timer);
  void unlink(Timer& timer);
  void cascade(int level);
  void fire_slot(int slot);

  Clock clock_;
  std::int64_t tick_ms_;                           // everything due up to here has been fired
  std::array<std::uint64_t, kLevels> occupied_{};  // bit n: slot n has timers
  std::array<std::array<Timer*, kSlots>, kLevels> slots_{};
};

}  // namespace parlor::net
