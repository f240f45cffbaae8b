// Takes old records out (chat/pruning.h): walks through all of them at the start and once a day,
// one step every kStepPause, so that sends hardly notice.
//
// Owns one thread, which waits for the store. stop() before the store stops.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/store.h"

namespace parlor::app {

class RecordPruner {
 public:
  static constexpr std::chrono::milliseconds kStepPause{100};
  static constexpr std::chrono::hours kWalkPause{24};

  // `store` outlives it.
  explicit RecordPruner(store::Store& store) : store_(store), thread_([this] { run(); }) {}
  ~RecordPruner() { stop(); }
  RecordPruner(const RecordPruner&) = delete;
  RecordPruner& operator=(const RecordPruner&) = delete;

  void stop();

 private:
  void run();
  void walk();
  bool pause(std::chrono::milliseconds time);  // whether to go on afterwards

  store::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
