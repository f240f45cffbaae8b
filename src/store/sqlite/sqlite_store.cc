#include "store/sqlite/sqlite_store.h"

#include <sqlite3.h>
#include <unistd.h>

#include <mutex>
#include <utility>

#include "base/log.h"
#include "store/sqlite/backup.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/directory_lock.h"
#include "store/sqlite/log_syncer.h"
#include "store/sqlite/log_vfs.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/page_cache.h"
#include "store/sqlite/reader_pool.h"
#include "store/sqlite/search_indexer.h"
#include "store/sqlite/time.h"
#include "store/sqlite/writer.h"

namespace parlor::store {
namespace {

std::string file_in(const std::string& directory) { return directory + "/parlor.db"; }

// Refused, harmlessly, once something in the process has used SQLite.
bool configure_sqlite() {
  // Without SQLite's own statistics its allocations take no global lock.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  use_page_cache();
  return true;
}

}  // namespace

bool SqliteStore::exists(const std::string& directory) {
  return ::access(file_in(directory).c_str(), F_OK) == 0;
}

// In the order of their making; they end in the opposite one.
struct SqliteStore::Parts {
  Parts(const Options& options_to_use, const Clock& clock_to_use,
        std::unique_ptr<DirectoryLock> lock_held)
      : options(options_to_use),
        file(file_in(options.directory)),
        index_file(options.directory + "/search.db"),
        lock(std::move(lock_held)),
        clock(clock_to_use),
        queue(options.write_queue),
        write_connection(file, SqliteConnection::Mode::writer, log_vfs(options.vfs)) {}

  void start(CommitListener& listener) {
    checkpointer = std::make_unique<Checkpointer>(file, options.vfs);
    syncer = std::make_unique<LogSyncer>(write_connection.handle(), listener);
    indexer = std::make_unique<SearchIndexer>(file, index_file);
    readers = std::make_unique<ReaderPool>(
        ReaderPool::Options{file, index_file, options.vfs, options.reader_threads,
                            options.read_deadline,
                            "the server took too long to read it; try again later"},
        clock, *syncer);
    searchers = std::make_unique<ReaderPool>(
        ReaderPool::Options{file, index_file, options.vfs, 1, options.search_deadline,
                            "the search took too long; search for more or rarer words"},
        clock, *syncer);
    writer = std::make_unique<Writer>(write_connection, queue, *checkpointer, *indexer, clock,
                                      *syncer, options.shortest_group);
  }

  const Options options;
  const std::string file;
  const std::string index_file;
  std::unique_ptr<DirectoryLock> lock;
  MonotonicClock clock;
  WriteQueue queue;
  SqliteConnection write_connection;
  std::unique_ptr<Checkpointer> checkpointer;
  std::unique_ptr<LogSyncer> syncer;
  std::unique_ptr<SearchIndexer> indexer;
  std::unique_ptr<ReaderPool> readers;
  std::unique_ptr<ReaderPool> searchers;
  std::unique_ptr<Writer> writer;
  std::mutex stopping;
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const Options& options, const Clock& clock,
                                                       CommitListener& listener) {
  static const bool configured = configure_sqlite();
  static_cast<void>(configured);
  auto lock = DirectoryLock::acquire(options.directory);
  if (!lock) return std::move(lock).failure();
  try {
    auto parts = std::make_unique<Parts>(options, clock, std::move(*lock));
    const auto migrated = migrate(parts->write_connection);
    if (!migrated) return migrated.failure();
    parts->start(listener);
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
  } catch (const SqliteError& error) {
    return fail(ErrorCode::unavailable,
                "cannot open the data directory " + options.directory + ": " + error.what());
  }
}

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::~SqliteStore() { stop(); }

void SqliteStore::submit(Lane lane, std::unique_ptr<Job> job) {
  const bool taken = lane == Lane::write    ? parts_->queue.push(job)
                     : lane == Lane::search ? parts_->searchers->push(job)
                                            : parts_->readers->push(job);
  if (taken) return;
  const Error busy{ErrorCode::unavailable, "the server is too busy; try again in a moment",
                   std::chrono::seconds(1)};
  job->finished(&busy);
}

Result<Ok> SqliteStore::backup(const std::string& path) {
  return back_up(parts_->file, parts_->options.vfs, path);
}

void SqliteStore::stop() {
  const std::lock_guard lock(parts_->stopping);
  if (!parts_->writer) return;
  parts_->queue.close();
  parts_->writer.reset();
  parts_->readers->stop();
  parts_->searchers->stop();
  parts_->syncer.reset();
  parts_->indexer.reset();
  parts_->checkpointer.reset();
  const int code = sqlite3_wal_checkpoint_v2(parts_->write_connection.handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) log::warn("the last checkpoint failed; the next start repeats it");
}

}  // namespace parlor::store
