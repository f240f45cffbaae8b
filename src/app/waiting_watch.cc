#include "app/waiting_watch.h"

#include <algorithm>
#include <chrono>

#include "app/function_job.h"

namespace parlor::app {
namespace {

constexpr std::int64_t kLongestPauseMs = 60'000;  // somebody may begin to wait meanwhile
constexpr std::int64_t kShortestPauseMs = 200;

}  // namespace

WaitingWatch::WaitingWatch(store::Store& store, const Clock& clock,
                           chat::WaitingAlarmSettings settings)
    : store_(store), clock_(clock), settings_(settings), thread_([this] { run(); }) {}

WaitingWatch::~WaitingWatch() { stop(); }

void WaitingWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WaitingWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (is_looking_) {
      changed_.wait(lock);
      continue;
    }
    changed_.wait_for(lock, std::chrono::milliseconds(pause_ms_), [this] { return stopping_; });
    if (stopping_) return;
    is_looking_ = true;
    lock.unlock();
    look();
    lock.lock();
  }
}

void WaitingWatch::look() {
  store_.submit(store::Lane::write, make_job(
                                        AccountId{},
                                        [this](chat::Transaction& transaction) -> Result<Next> {
                                          return chat::alarm_long_waits(transaction, settings_);
                                        },
                                        [this](const Result<Next>& next) { looked(next); }));
}

void WaitingWatch::looked(const Result<Next>& next) {
  {
    const std::lock_guard lock(mutex_);
    is_looking_ = false;
    pause_ms_ = pause_after(next);
  }
  changed_.notify_one();
}

// Whoever begins to wait now is due when the settings say: no need to look before.
std::int64_t WaitingWatch::pause_after(const Result<Next>& next) const {
  const auto longest = std::min(kLongestPauseMs, settings_.after_ms);
  if (!next || !*next) return std::max(longest, kShortestPauseMs);
  return std::clamp(**next - clock_.now(), kShortestPauseMs, std::max(longest, kShortestPauseMs));
}

}  // namespace parlor::app
