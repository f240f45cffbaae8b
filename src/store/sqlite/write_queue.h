// The jobs that wait for the writer: bounded, and fair.
//
// Accounts take turns, and within an account its actors; so neither a busy account nor a busy
// person makes others wait for more than one job of theirs. One actor's jobs stay in order.
//
// push() from any thread; the rest on the writer thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "store/store.h"

namespace parlor::store {

class WriteQueue {
 public:
  struct Bounds {
    std::size_t jobs = 4'096;
    std::size_t bytes = 16 * 1024 * 1024;
  };

  explicit WriteQueue(Bounds bounds) : bounds_(bounds) {}

  // Leaves `job` where it is, and returns false, when the queue is full or closed.
  bool push(std::unique_ptr<Job>& job);
  // Nothing when nobody waits.
  std::unique_ptr<Job> pop();
  // Until a job waits, the time is over or the queue is closed. Whether a job waits.
  bool wait_for(std::chrono::milliseconds time);

  bool is_empty();

  void close();
  bool is_closed();

 private:
  struct Waiting {
    std::unique_ptr<Job> job;
    std::size_t size = 0;
  };
  struct AccountQueue {
    std::unordered_map<std::int64_t, std::deque<Waiting>> actors;
    std::deque<std::int64_t> turns;
  };

  const Bounds bounds_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  bool closed_ = false;
  bool writer_waits_ = false;
  std::size_t jobs_ = 0;
  std::size_t bytes_ = 0;
  std::unordered_map<std::int64_t, AccountQueue> accounts_;
  std::deque<std::int64_t> turns_;
};

}  // namespace parlor::store
