// Reader threads with a connection and a snapshot each.
//
// Bounded: kMaxWaiting jobs wait, more are refused. A job that takes longer than the pool's
// deadline ends with `too_slow`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite/connection.h"
#include "store/sqlite/log_syncer.h"
#include "store/sqlite/time.h"
#include "store/store.h"

namespace parlor::store {

class ReaderPool {
 public:
  static constexpr std::size_t kMaxWaiting = 4'096;

  struct Options {
    std::string file;
    std::string index_file;  // exists
    std::string vfs;
    int threads = 2;
    std::chrono::milliseconds deadline{5'000};
    std::string too_slow;  // the message to the caller
  };

  ReaderPool(Options options, const MonotonicClock& clock, LogSyncer& syncer);
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;
  ~ReaderPool() { stop(); }

  // Leaves `job` where it is, and returns false, when too many wait or the pool has stopped.
  bool push(std::unique_ptr<Job>& job);
  void stop();  // finishes what waits

 private:
  void run(SqliteConnection& db);
  void run_job(SqliteConnection& db, chat::Transaction& transaction, std::unique_ptr<Job> job);
  std::unique_ptr<Job> pop();

  const Options options_;
  const MonotonicClock& clock_;
  LogSyncer& syncer_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  bool stopping_ = false;
  std::deque<std::unique_ptr<Job>> jobs_;
  std::vector<std::unique_ptr<SqliteConnection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace parlor::store
