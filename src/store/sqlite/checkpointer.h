// Moves what the write-ahead log holds into the database file, on a thread and a connection of its
// own, so that no send waits for it.
//
// From kCopyAfterPages on it copies while the writer goes on, and again what came meanwhile, until
// little is left, and syncs the database file. The log can only start again from its head when
// everything is copied and nobody writes: for that it asks the writer to pause between two groups,
// a few milliseconds, since little is left to copy and to sync. A reader whose snapshot is old can
// delay it; readers have deadlines. Then it tries again kRetryAfterPages later.
//
// A page that changes often is in the log many times and copied once: so the log may grow long. But
// not to more than half of what is free on the disk: copying can need as much again, and a log that
// has filled the disk could never be copied. Such a log gives its space back, too.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/sqlite/connection.h"

namespace parlor::store {

class Checkpointer {
 public:
  static constexpr int kCopyAfterPages = 64'000;  // 256 MB
  static constexpr int kRetryAfterPages = 2'000;
  static constexpr int kLittleLeft = 200;
  static constexpr int kLookAfterPages = 250;  // at the disk: each megabyte
  static constexpr std::uintmax_t kPageBytes = 4'096;

  // `free_bytes`: of the disk, asked by the writer; empty = the file's.
  using FreeBytes = std::function<std::uintmax_t()>;
  Checkpointer(const std::string& file, const std::string& vfs, int copy_after = kCopyAfterPages,
               FreeBytes free_bytes = {});
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer();

  // From the writer: after each commit, and before each group.
  void log_has(int pages);
  void let_checkpoint_pass();
  // After a failed sync: nothing is copied any more, and the log grows.
  bool has_given_up() const { return sync_failed_; }

 private:
  void run();
  bool crowds_disk(int pages);
  int copy();  // pages of the log that are left; negative after a failure
  bool sync_database();
  bool restart_log(bool give_space_back);
  bool copy_and_restart(bool give_space_back);
  void note_failure(const char* doing, int code);

  const int copy_after_;
  const FreeBytes free_bytes_;
  int looked_at_ = 0;  // the writer's: pages of the log
  SqliteConnection db_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  int pages_ = 0;
  bool crowds_disk_ = false;
  std::atomic<bool> sync_failed_ = false;
  std::atomic<bool> pause_wanted_ = false;
  std::thread thread_;
};

}  // namespace parlor::store
