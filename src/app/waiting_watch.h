// Asks from time to time whether a student waits too long for a person (chat/waiting_alarm.h).
//
// The store knows who waits, so that nothing is forgotten by a restart. One write under way at
// most. Thread-safe; owns one thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/result.h"
#include "chat/waiting_alarm.h"
#include "store/store.h"

namespace parlor::app {

class WaitingWatch {
 public:
  // `store` and the settings' Responder outlive it; it is stopped before the store.
  WaitingWatch(store::Store& store, const Clock& clock, chat::WaitingAlarmSettings settings);
  ~WaitingWatch();  // stop()
  WaitingWatch(const WaitingWatch&) = delete;
  WaitingWatch& operator=(const WaitingWatch&) = delete;

  void stop();

 private:
  using Next = std::optional<Timestamp>;

  void run();
  void look();
  void looked(const Result<Next>& next);
  std::int64_t pause_after(const Result<Next>& next) const;

  store::Store& store_;
  const Clock& clock_;
  const chat::WaitingAlarmSettings settings_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t pause_ms_ = 0;
  bool is_looking_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
