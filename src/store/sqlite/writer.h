// The writer thread: runs waiting jobs in groups, one SQL transaction each. Their syncs, and
// telling of them, are the LogSyncer's.
//
//   BEGIN   job   job   …   COMMIT
//
// A group closes at kGroupJobs, or when it has worked as long as the last sync took, at least
// `shortest_group` and at most kLongestGroup, or when nobody waits any more. So a slow disk gets
// large groups; and while a fast one writes, those who were answered can ask again. Long jobs wait
// for each other up to kWorthACommit: a commit costs as much for few as for many.
//
// A job that fails has nearly always written nothing yet, and then nothing of it has to be undone.
// If it has, the group is rolled back and runs a second time, each job under a savepoint opened at
// its first write: savepoints for all would cost every send a fifth more (docs/adr/0004).
//
// Failures. A job that throws loses its own writes and gets a fault. SQLite may roll the whole
// transaction back at a full disk, no memory or an I/O error, and COMMIT may fail: then nothing of
// the group stands. After a full disk or no memory each of its jobs runs once more, alone, and gets
// its fault if that fails too. After an I/O error, or damage to the file, the store is read-only
// until it is opened again.
//
// The connection is never interrupted.
#pragma once

#include <chrono>
#include <thread>
#include <vector>

#include "store/sql/transaction.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/log_syncer.h"
#include "store/sqlite/search.h"
#include "store/sqlite/search_indexer.h"
#include "store/sqlite/time.h"
#include "store/sqlite/write_queue.h"
#include "store/store.h"

namespace parlor::store {

class Writer {
 public:
  static constexpr std::size_t kGroupJobs = 64;
  static constexpr std::size_t kWorthACommit = 40;
  static constexpr std::chrono::microseconds kLongestGroup{3'000};

  // `db` is migrated. All references outlive the writer.
  Writer(SqliteConnection& db, WriteQueue& queue, Checkpointer& checkpointer,
         SearchIndexer& indexer, const MonotonicClock& clock, LogSyncer& syncer,
         std::chrono::microseconds shortest_group);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();  // precondition: the queue is closed. Finishes what waits in it.

 private:
  enum class Guard { none, each_job };
  // `spoiled`: a job that failed has left writes in the transaction.
  enum class Outcome { committed, spoiled, out_of_space, damaged, failed };
  struct Running {
    FinishedJob finished;
    bool again = false;  // lost its writes to a full disk or no memory
  };

  void run();
  void run_group();
  template <class NextJob>
  Outcome run_transaction(std::vector<Running>& group, Guard guard, NextJob next_job);
  Outcome run_guarded(std::vector<Running>& group);
  Outcome run_job(Running& running, Guard guard);
  bool undo_job();
  void roll_back();
  Outcome job_failed(Running& running, const SqliteError& error);
  Outcome outcome_of(const SqliteError& error);
  void note_failure(const char* what, const SqliteError& error);
  void save_newest_second();
  void run_again(std::vector<Running> group);
  void refuse_waiting();
  std::chrono::microseconds group_work() const;
  void deliver_committed(std::vector<Running> group);
  void deliver(std::vector<Running> group);

  SqliteConnection& db_;
  WriteQueue& queue_;
  Checkpointer& checkpointer_;
  SearchIndexer& indexer_;
  const MonotonicClock& clock_;
  LogSyncer& syncer_;
  std::int64_t stored_second_ = 0;
  WitnessedIds ids_;
  SqliteSearch search_;
  sql::SqlTransaction transaction_;
  const std::chrono::microseconds shortest_group_;
  bool read_only_ = false;
  std::chrono::steady_clock::time_point next_note_{};  // of a full disk
  int unnoted_ = 0;
  std::thread thread_;
};

}  // namespace parlor::store
