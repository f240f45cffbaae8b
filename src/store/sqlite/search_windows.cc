#include "store/sqlite/search_windows.h"

#include <time.h>

#include <algorithm>

namespace parlor::store {

std::chrono::nanoseconds thread_time() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::optional<SearchWindows::Window> SearchWindows::next() {
  if (newest_ < 1) return std::nullopt;
  const auto wanted = size_ == 0 ? kFirst : std::min(size_ * kGrowth, affordable());
  if (wanted < kFirst) {
    gave_up_ = true;
    return std::nullopt;
  }
  size_ = wanted;
  window_started_ = now_();
  const Window window{std::max<std::int64_t>(newest_ - size_ + 1, 1), newest_};
  newest_ = window.oldest - 1;
  return window;
}

// As many documents as the time that is left is worth, at the last window's price.
std::int64_t SearchWindows::affordable() const {
  const auto now = now_();
  const auto left = cost_ - (now - started_);
  const auto spent = std::max<std::int64_t>((now - window_started_).count(), 1);
  if (left.count() <= 0) return 0;
  return static_cast<std::int64_t>(static_cast<double>(left.count()) / static_cast<double>(spent) *
                                   static_cast<double>(size_));
}

}  // namespace parlor::store
