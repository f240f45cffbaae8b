#include "store/sqlite/checkpointer.h"

#include <pthread.h>
#include <sqlite3.h>

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
  int copied = 0;
  for (;;) {
    int pages = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(
          lock, [&] { return stopping_ || pages_ < copied || pages_ >= copied + kCopyAfterPages; });
      if (stopping_) return;
      pages = pages_;
    }
    checkpoint(pages);
    copied = pages;
  }
}

void Checkpointer::checkpoint(int pages) {
  int log_pages = 0;
  int copied_pages = 0;
  const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             &log_pages, &copied_pages);
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    log::error("checkpoint failed: {}", sqlite3_errmsg(db_.handle()));
  else if (pages >= kRestartAfterPages)
    restart_log();
}

void Checkpointer::restart_log() {
  pause_wanted_ = true;
  const int code =
      sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  {
    const std::lock_guard lock(mutex_);
    pause_wanted_ = false;
  }
  changed_.notify_all();
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    log::error("restarting the write-ahead log failed: {}", sqlite3_errmsg(db_.handle()));
}

}  // namespace parlor::store
