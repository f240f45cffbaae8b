// Makes commits durable, on a thread of its own, while the writer goes on with the next group.
//
//   writer   group 1, COMMIT   group 2, COMMIT   group 3 …
//   syncer                     sync, tell of 1   sync, tell of 2 …
//
// SQLite writes the log at COMMIT, and its sync is left to this class (log_vfs.h). Nobody is told
// of a group before the sync behind it; several groups may share one. When the writer has nothing
// else to do it syncs on its own thread, which spares the way to another.
//
// Readers see a commit before it is durable. So a read is finished only when whatever it can have
// seen is: nothing that anybody was told, or has read, is lost by a power failure.
//
// Failures. When a sync fails nobody knows what the disk holds. All groups that wait are refused,
// and so is everything afterwards, reads too, until the store is opened again.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "store/sqlite/log_vfs.h"
#include "store/store.h"

namespace parlor::store {

class LogSyncer {
 public:
  static constexpr std::size_t kMaxGroups = 4;

  // Of the writer's connection, whose files are opened by log_vfs(); both outlive this.
  LogSyncer(sqlite3* writer, CommitListener& listener);
  LogSyncer(const LogSyncer&) = delete;
  LogSyncer& operator=(const LogSyncer&) = delete;
  ~LogSyncer();  // tells of what waits. Precondition: writer and readers have ended.

  // The writer's, around a COMMIT, failed ones included.
  class Commit {
   public:
    explicit Commit(LogSyncer& syncer) : syncer_(syncer) { ++syncer_.begun_; }
    Commit(const Commit&) = delete;
    Commit& operator=(const Commit&) = delete;
    ~Commit() { syncer_.commit_ended(); }

   private:
    LogSyncer& syncer_;
  };

  // The writer's. Tells of the group once all that is committed is durable; waits while kMaxGroups
  // do. `is_idle`: the writer has no other work.
  void tell(std::vector<FinishedJob> group, bool is_idle);
  bool has_failed() const { return failed_; }
  std::chrono::microseconds last_sync() const { return last_sync_; }

  // A reader's, behind the end of its transaction.
  void finish_read(std::unique_ptr<Job> job);

 private:
  using Count = std::uint64_t;
  struct Read {
    Count needs = 0;
    std::unique_ptr<Job> job;
  };

  void run();
  void commit_ended();
  bool has_work() const;
  void sync_and_tell(std::unique_lock<std::mutex>& lock);
  bool sync();
  void hand_over(std::vector<FinishedJob> group);
  std::vector<Read> finished_reads();

  DeferredSync log_;
  CommitListener& listener_;
  // Of commits, by number.
  std::atomic<Count> begun_ = 0;
  std::atomic<Count> synced_ = 0;
  std::atomic<bool> failed_ = false;
  std::atomic<std::chrono::microseconds> last_sync_{};

  std::mutex mutex_;
  std::condition_variable changed_;
  Count ended_ = 0;
  bool is_syncing_ = false;
  bool stopping_ = false;
  std::vector<std::vector<FinishedJob>> groups_;
  std::vector<Read> reads_;
  std::thread thread_;
};

}  // namespace parlor::store
