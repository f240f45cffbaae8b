// A VFS that writes the write-ahead log in large pieces.
//
// SQLite appends each page to the log with two writes, of 24 and of 4,096 bytes. A group of sends
// appends a hundred pages: their writes are gathered here, and go to the file at its sync, or when
// kGathered bytes wait, or before anything else is done with the log. Other files pass through.
//
// For connections with synchronous = FULL alone: only there a sync stands between the last write of
// a transaction and its being told to other connections, so that nobody can miss what waits here.
// What fails in the end fails at the sync, or at a later write of the same transaction.
#pragma once

#include <string>

struct sqlite3;
struct sqlite3_file;

namespace parlor::store {

// SQLite's own VFS takes less than 128 KB in one write.
inline constexpr int kGathered = 120 * 1024;

// Registers it above the VFS of that name (empty: the default one), unless it is. Its own name.
std::string log_vfs(const std::string& below);

// Takes over the syncs of a connection's commits: while this lives they write the log, and sync()
// makes them durable. The connection syncs no more than the head of a log that starts again, since
// new pages behind an old head could be taken for old ones after a crash.
class DeferredSync {
 public:
  // Its files are opened by log_vfs(), and it has read or written. Not beside a write of it.
  explicit DeferredSync(sqlite3* connection);
  DeferredSync(const DeferredSync&) = delete;
  DeferredSync& operator=(const DeferredSync&) = delete;
  ~DeferredSync();

  // All that was committed before. Of any thread, one at a time; SQLite's result code.
  int sync();

 private:
  sqlite3_file* log_;
};

}  // namespace parlor::store
