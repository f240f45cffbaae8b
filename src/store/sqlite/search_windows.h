// In which pieces a search walks the index: from the newest document to the oldest, each piece
// larger than the one before, until the walk has cost so much of its thread's time.
//
// To find where several words meet, the index follows the rarest of them. That is over in a
// millisecond for most queries, whatever the history's length; with several words of which each is
// in every fifth text it takes ten for every million texts. What is older than the walk came is
// left out then: the caller is told, and those who see few rooms have their rooms read instead.
//
// The first window is walked whatever it costs. Time of the thread, not of the clock: what a search
// finds does not depend on what else the machine does.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace parlor::store {

std::chrono::nanoseconds thread_time();

class SearchWindows {
 public:
  static constexpr std::int64_t kFirst = 250'000;  // documents
  static constexpr std::int64_t kGrowth = 4;
  static constexpr std::chrono::milliseconds kMaxCost{40};
  static constexpr std::chrono::milliseconds kCostOfATry{15};  // then their rooms are read

  struct Window {
    std::int64_t oldest = 0;
    std::int64_t newest = 0;
  };
  using Now = std::chrono::nanoseconds (*)();

  SearchWindows(std::int64_t newest, std::chrono::nanoseconds cost, Now now = thread_time)
      : now_(now), cost_(cost), newest_(newest), started_(now()), window_started_(started_) {}

  // The next one; nothing at the oldest document's end, or when the walk is given up.
  std::optional<Window> next();
  bool gave_up() const { return gave_up_; }

 private:
  std::int64_t affordable() const;

  const Now now_;
  const std::chrono::nanoseconds cost_;
  std::int64_t newest_;  // that is not walked yet
  std::int64_t size_ = 0;
  std::chrono::nanoseconds started_;
  std::chrono::nanoseconds window_started_;
  bool gave_up_ = false;
};

}  // namespace parlor::store
