// Moves what the write-ahead log holds into the database file, on a thread and a connection of its
// own, so that no send waits for it.
//
// From kCopyAfterPages on it copies while the writer goes on. The log can only start again from its
// head when everything is copied and nobody writes: past kRestartAfterPages it asks the writer to
// pause between two groups, for as long as the last few pages take, a few milliseconds. A reader
// whose snapshot is old can delay that; readers have deadlines.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "store/sqlite/connection.h"

namespace parlor::store {

class Checkpointer {
 public:
  static constexpr int kCopyAfterPages = 2'000;      // 8 MB
  static constexpr int kRestartAfterPages = 16'000;  // 64 MB

  Checkpointer(const std::string& file, const std::string& vfs);
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer();

  // From the writer: after each commit, and before each group.
  void log_has(int pages);
  void let_checkpoint_pass();

 private:
  void run();
  void checkpoint(int pages);
  void restart_log();

  SqliteConnection db_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  int pages_ = 0;
  std::atomic<bool> pause_wanted_ = false;
  std::thread thread_;
};

}  // namespace parlor::store
