// The Store in one SQLite file: the embedded default.
//
//   DIR/lock        held by the process that owns the directory
//   DIR/parlor.db   write-ahead log, synchronous=FULL: what is committed survives power loss
//   DIR/search.db   the index for searches; made again from the data when it is missing
//
// One writer thread (writer.h), reader threads and one thread for searches (reader_pool.h), one for
// the index (search_indexer.h), one for checkpoints (checkpointer.h).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "store/sqlite/write_queue.h"
#include "store/store.h"

namespace parlor::store {

class SqliteStore final : public Store {
 public:
  struct Options {
    std::string directory;  // created if missing
    int reader_threads = 2;
    std::chrono::milliseconds read_deadline{5'000};
    std::chrono::milliseconds search_deadline{2'000};
    WriteQueue::Bounds write_queue;
    std::chrono::microseconds shortest_group{500};  // writer.h
    std::string vfs;  // a registered SQLite VFS, for tests; empty = the default
  };

  // Whether a store has been made in that directory.
  static bool exists(const std::string& directory);

  // Opens the directory and brings it to the newest schema. Refuses one that another process owns
  // (ErrorCode::conflict) or that a newer version wrote (invalid); `unavailable` when it cannot be
  // read.
  // `clock` and `listener` outlive the store.
  static Result<std::unique_ptr<SqliteStore>> open(const Options& options, const Clock& clock,
                                                   CommitListener& listener);
  ~SqliteStore() override;

  void submit(Lane lane, std::unique_ptr<Job> job) override;
  // `path` becomes a data directory of its own.
  Result<Ok> backup(const std::string& path) override;
  void stop() override;

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace parlor::store
