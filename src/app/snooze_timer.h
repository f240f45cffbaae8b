// Wakes snoozed rooms when their time has come (chat/preferences.h).
//
// The store knows what is due, so that nothing is forgotten by a restart; this knows when to ask
// it: at the start, and whenever the earliest time that it has heard of comes. A batch at a time,
// one write under way at most; after a failed one it tries again in a second.
//
// Thread-safe; owns one thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace parlor::app {

class SnoozeTimer {
 public:
  // `store` outlives it, and is stopped before it is destroyed.
  SnoozeTimer(store::Store& store, const Clock& clock);
  ~SnoozeTimer();  // stop()
  SnoozeTimer(const SnoozeTimer&) = delete;
  SnoozeTimer& operator=(const SnoozeTimer&) = delete;

  // A room has been snoozed until then.
  void expect(Timestamp until);
  void stop();

 private:
  using Next = std::optional<Timestamp>;

  void run();
  void wake_due();
  void woken(const Result<Next>& next);

  store::Store& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Next due_ = Timestamp{};  // what came due while there was no server
  bool is_writing_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
