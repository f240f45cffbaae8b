#include "store/sqlite/checkpointer.h"

#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace parlor::store {
namespace {

constexpr std::chrono::milliseconds kLongestPause{500};
constexpr int kRestartPatienceMs = 200;

}  // namespace

Checkpointer::Checkpointer(const std::string& file, const std::string& vfs, int copy_after)
    : copy_after_(copy_after), db_(file, SqliteConnection::Mode::reader, vfs) {
  sqlite3_progress_handler(db_.handle(), 0, nullptr, nullptr);
  db_.execute("PRAGMA query_only = OFF");
  sqlite3_busy_timeout(db_.handle(), kRestartPatienceMs);
  thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Checkpointer::log_has(int pages) {
  if (pages < copy_after_) return;
  const std::lock_guard lock(mutex_);
  pages_ = pages;
  changed_.notify_all();
}

void Checkpointer::let_checkpoint_pass() {
  if (!pause_wanted_) return;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kLongestPause, [this] { return !pause_wanted_; });
}

void Checkpointer::run() {
  pthread_setname_np(pthread_self(), "store-checkpnt");
  int next = copy_after_;
  for (;;) {
    int pages = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || pages_ >= next; });
      if (stopping_ || sync_failed_) return;
      pages = std::exchange(pages_, 0);
    }
    next = copy_and_restart() ? copy_after_ : pages + kRetryAfterPages;
  }
}

bool Checkpointer::copy_and_restart() {
  constexpr int kMostCopies = 6;
  int left = 0;
  for (int copies = 0; copies < kMostCopies; ++copies) {
    const bool was_little = copies > 0 && left <= kLittleLeft;
    left = copy();
    if (left < 0 || !sync_database()) return false;
    if (was_little) break;
  }
  return restart_log();
}

int Checkpointer::copy() {
  int pages = 0;
  int copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
  if (code == SQLITE_OK || code == SQLITE_BUSY) return std::max(pages - copied, 0);
  note_failure("copying the write-ahead log", code);
  return -1;
}

bool Checkpointer::sync_database() {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db_.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (!file || !file->pMethods) return false;
  const int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code == SQLITE_OK) return true;
  note_failure("syncing the database file", code);
  return false;
}

bool Checkpointer::restart_log() {
  pause_wanted_ = true;
  const int code =
      sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  {
    const std::lock_guard lock(mutex_);
    pause_wanted_ = false;
    if (code == SQLITE_OK) pages_ = 0;
  }
  changed_.notify_all();
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    note_failure("restarting the write-ahead log", code);
  return code == SQLITE_OK;
}

// What a failed sync has lost of the database file only the log still has: it must stay whole, and
// no later sync, which would succeed, may say otherwise.
void Checkpointer::note_failure(const char* doing, int code) {
  log::error("{} failed: {}", doing, sqlite3_errstr(code));
  if (code != SQLITE_IOERR_FSYNC) return;
  sync_failed_ = true;
  log::error("the write-ahead log grows until the server is restarted");
}

}  // namespace parlor::store
