#include "store/sqlite/checkpointer.h"

#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "base/log.h"

namespace parlor::store {
namespace {

constexpr std::chrono::milliseconds kLongestPause{500};
constexpr int kRestartPatienceMs = 200;

std::uintmax_t free_bytes_beside(const std::filesystem::path& file) {
  std::error_code unknown;
  const auto space = std::filesystem::space(file.parent_path(), unknown);
  return unknown ? std::numeric_limits<std::uintmax_t>::max() : space.available;
}

}  // namespace

Checkpointer::Checkpointer(const std::string& file, const std::string& vfs, int copy_after,
                           FreeBytes free_bytes)
    : copy_after_(copy_after),
      free_bytes_(free_bytes ? std::move(free_bytes) : [file] { return free_bytes_beside(file); }),
      db_(file, SqliteConnection::Mode::reader, vfs) {
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
  const bool crowds = crowds_disk(pages);
  if (pages < copy_after_ && !crowds) return;
  const std::lock_guard lock(mutex_);
  pages_ = pages;
  crowds_disk_ |= crowds;
  changed_.notify_all();
}

bool Checkpointer::crowds_disk(int pages) {
  if (pages < looked_at_) looked_at_ = 0;  // it has started again
  if (pages < looked_at_ + kLookAfterPages) return false;
  looked_at_ = pages;
  return static_cast<std::uintmax_t>(pages) * kPageBytes > free_bytes_() / 2;
}

void Checkpointer::let_checkpoint_pass() {
  if (!pause_wanted_) return;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kLongestPause, [this] { return !pause_wanted_; });
}

void Checkpointer::run() {
  pthread_setname_np(pthread_self(), "store-checkpnt");
  int next = 1;
  for (;;) {
    int pages = 0;
    bool crowds = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || pages_ >= next; });
      if (stopping_ || sync_failed_) return;
      pages = std::exchange(pages_, 0);
      crowds = std::exchange(crowds_disk_, false);
    }
    next = copy_and_restart(crowds) ? 1 : pages + std::min(pages, kRetryAfterPages);
  }
}

bool Checkpointer::copy_and_restart(bool give_space_back) {
  constexpr int kMostCopies = 6;
  int left = 0;
  for (int copies = 0; copies < kMostCopies; ++copies) {
    const bool was_little = copies > 0 && left <= kLittleLeft;
    left = copy();
    if (left < 0 || !sync_database()) return false;
    if (was_little) break;
  }
  return restart_log(give_space_back);
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

bool Checkpointer::restart_log(bool give_space_back) {
  pause_wanted_ = true;
  const int mode = give_space_back ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART;
  const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, mode, nullptr, nullptr);
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
