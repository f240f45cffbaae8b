#include "app/snooze_timer.h"

#include <algorithm>
#include <chrono>

#include "app/function_job.h"
#include "chat/preferences.h"

namespace parlor::app {
namespace {

constexpr std::int64_t kLongestWaitMs = 60'000;  // the clock may be set meanwhile
constexpr std::int64_t kPauseMs = 1'000;         // after a failure

}  // namespace

SnoozeTimer::SnoozeTimer(store::Store& store, const Clock& clock)
    : store_(store), clock_(clock), thread_([this] { run(); }) {}

SnoozeTimer::~SnoozeTimer() { stop(); }

void SnoozeTimer::expect(Timestamp until) {
  {
    const std::lock_guard lock(mutex_);
    if (due_ && *due_ <= until) return;
    due_ = until;
  }
  changed_.notify_one();
}

void SnoozeTimer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void SnoozeTimer::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (is_writing_ || !due_) {
      changed_.wait(lock);
      continue;
    }
    const auto wait_ms = std::min(*due_ - clock_.now(), kLongestWaitMs);
    if (wait_ms > 0) {
      changed_.wait_for(lock, std::chrono::milliseconds(wait_ms));
      continue;
    }
    due_.reset();
    is_writing_ = true;
    lock.unlock();
    wake_due();
    lock.lock();
  }
}

void SnoozeTimer::wake_due() {
  store_.submit(store::Lane::write, make_job(
                                        AccountId{},
                                        [](chat::Transaction& transaction) -> Result<Next> {
                                          return chat::wake_due_rooms(transaction);
                                        },
                                        [this](const Result<Next>& next) { woken(next); }));
}

void SnoozeTimer::woken(const Result<Next>& next) {
  {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    const Next at = next ? *next : clock_.now() + kPauseMs;
    if (at && (!due_ || *at < *due_)) due_ = at;
  }
  changed_.notify_one();
}

}  // namespace parlor::app
