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

Checkpointer::Checkpointer(const std::string& file, const std::string& vfs)
    : db_(file, SqliteConnection::Mode::reader, vfs) {
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
  if (pages < kCopyAfterPages) return;
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
  int next = kCopyAfterPages;
  for (;;) {
    int pages = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || pages_ >= next; });
      if (stopping_) return;
      pages = std::exchange(pages_, 0);
    }
    next = copy_and_restart() ? kCopyAfterPages : pages + kRetryAfterPages;
  }
}

bool Checkpointer::copy_and_restart() {
  constexpr int kMostCopies = 4;
  for (int copies = 0; copies < kMostCopies; ++copies) {
    const int left = copy();
    if (left < 0) return false;
    if (left <= kLittleLeft) break;
  }
  return restart_log();
}

int Checkpointer::copy() {
  int pages = 0;
  int copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
  if (code == SQLITE_OK || code == SQLITE_BUSY) return std::max(pages - copied, 0);
  log::error("checkpoint failed: {}", sqlite3_errmsg(db_.handle()));
  return -1;
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
    log::error("restarting the write-ahead log failed: {}", sqlite3_errmsg(db_.handle()));
  return code == SQLITE_OK;
}

}  // namespace parlor::store
