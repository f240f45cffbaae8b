#include "net/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace parlor::net {

void Timer::stop() {
  if (wheel_) wheel_->unlink(*this);
}

TimerWheel::TimerWheel(Clock clock) : clock_(clock), tick_ms_(clock()) {}

TimerWheel::~TimerWheel() {
  for (auto& level : slots_) {
    for (Timer* head : level) {
      while (head) {
        Timer* next = head->next_;
        head->wheel_ = nullptr;
        head = next;
      }
    }
  }
}

void TimerWheel::start(Timer& timer, std::int64_t delay_ms) {
  constexpr std::int64_t kLongest = (std::int64_t{1} << (kSlotBits * kLevels)) - 1;
  timer.stop();
  const std::int64_t deadline = clock_() + std::clamp<std::int64_t>(delay_ms, 1, kLongest) - 1;
  timer.deadline_ms_ = std::clamp(deadline, tick_ms_ + 1, tick_ms_ + kLongest);
  timer.wheel_ = this;
  insert(timer);
}

void TimerWheel::insert(Timer& timer) {
  const std::int64_t distance = timer.deadline_ms_ - tick_ms_;
  int level = 0;
  while (level + 1 < kLevels && distance >> (kSlotBits * (level + 1)) != 0) ++level;
  const int slot = static_cast<int>(timer.deadline_ms_ >> (kSlotBits * level)) & (kSlots - 1);

  Timer*& head = slots_[level][slot];
  timer.place_ = static_cast<std::uint16_t>(level * kSlots + slot);
  timer.previous_ = nullptr;
  timer.next_ = head;
  if (head) head->previous_ = &timer;
  head = &timer;
  occupied_[level] |= std::uint64_t{1} << slot;
}

void TimerWheel::unlink(Timer& timer) {
  const int level = timer.place_ / kSlots;
  const int slot = timer.place_ % kSlots;
  if (timer.previous_) {
    timer.previous_->next_ = timer.next_;
  } else {
    slots_[level][slot] = timer.next_;
    if (!timer.next_) occupied_[level] &= ~(std::uint64_t{1} << slot);
  }
  if (timer.next_) timer.next_->previous_ = timer.previous_;
  timer.wheel_ = nullptr;
}

std::optional<std::int64_t> TimerWheel::next_ms() const {
  std::optional<std::int64_t> earliest;
  for (int level = 0; level < kLevels; ++level) {
    if (!occupied_[level]) continue;
    const std::int64_t following = (tick_ms_ >> (kSlotBits * level)) + 1;
    const int ahead =
        std::countr_zero(std::rotr(occupied_[level], static_cast<int>(following & (kSlots - 1))));
    const std::int64_t at = (following + ahead) << (kSlotBits * level);
    if (!earliest || at < *earliest) earliest = at;
  }
  return earliest;
}

void TimerWheel::advance() {
  const std::int64_t now = clock_();
  while (tick_ms_ < now) {
    const auto next = next_ms();
    if (!next || *next > now) {
      tick_ms_ = now;
      return;
    }
    tick_ms_ = *next;
    for (int level = 1; level < kLevels; ++level) {
      if ((tick_ms_ & ((std::int64_t{1} << (kSlotBits * level)) - 1)) != 0) break;
      cascade(level);
    }
    fire_slot(static_cast<int>(tick_ms_ & (kSlots - 1)));
  }
}

void TimerWheel::cascade(int level) {
  const int slot = static_cast<int>(tick_ms_ >> (kSlotBits * level)) & (kSlots - 1);
  Timer* timer = slots_[level][slot];
  slots_[level][slot] = nullptr;
  occupied_[level] &= ~(std::uint64_t{1} << slot);
  while (timer) {
    Timer* next = timer->next_;
    insert(*timer);
    timer = next;
  }
}

void TimerWheel::fire_slot(int slot) {
  while (Timer* timer = slots_[0][slot]) {
    unlink(*timer);
    timer->callback_(timer->context_);
  }
}

}  // namespace parlor::net
