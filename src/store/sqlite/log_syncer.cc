#include "store/sqlite/log_syncer.h"

#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <iterator>

#include "base/log.h"

namespace parlor::store {
namespace {

using std::chrono::steady_clock;

Error lost() {
  return {
      ErrorCode::unavailable,
      "the server cannot keep what it writes since an error of its disk; it has to be restarted",
      std::chrono::seconds(30)};
}

void refuse(std::vector<FinishedJob>& group) {
  for (auto& finished : group) {
    finished.events.clear();
    if (!finished.fault) finished.fault = std::make_unique<Error>(lost());
  }
}

}  // namespace

LogSyncer::LogSyncer(sqlite3* writer, CommitListener& listener)
    : log_(writer), listener_(listener) {
  thread_ = std::thread([this] { run(); });
}

LogSyncer::~LogSyncer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LogSyncer::commit_ended() {
  const std::lock_guard lock(mutex_);
  ++ended_;
  if (!reads_.empty()) changed_.notify_all();
}

void LogSyncer::tell(std::vector<FinishedJob> group, bool is_idle) {
  if (group.empty()) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return groups_.size() < kMaxGroups; });
  groups_.push_back(std::move(group));
  if (is_idle && !is_syncing_ && groups_.size() == 1) return sync_and_tell(lock);
  changed_.notify_all();
}

void LogSyncer::finish_read(std::unique_ptr<Job> job) {
  const Count needs = begun_;
  if (synced_ >= needs) return job->finished(nullptr);
  {
    const std::lock_guard lock(mutex_);
    if (synced_ < needs && !failed_) {
      reads_.push_back({needs, std::move(job)});
      changed_.notify_all();
      return;
    }
  }
  if (synced_ >= needs) return job->finished(nullptr);
  const auto error = lost();
  job->finished(&error);
}

void LogSyncer::run() {
  pthread_setname_np(pthread_self(), "store-sync");
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !is_syncing_ && (has_work() || stopping_); });
    if (!has_work()) return;
    sync_and_tell(lock);
  }
}

bool LogSyncer::has_work() const {
  return !groups_.empty() || (!reads_.empty() && ended_ > synced_);
}

// Groups are handed over before another sync can begin, whichever thread it is on: in their order.
void LogSyncer::sync_and_tell(std::unique_lock<std::mutex>& lock) {
  is_syncing_ = true;
  const auto covered = ended_;
  auto groups = std::exchange(groups_, {});
  lock.unlock();
  changed_.notify_all();  // there is room again
  const bool is_durable = !failed_ && (covered == synced_ || sync());
  if (is_durable)
    synced_ = covered;
  else
    failed_ = true;
  for (auto& group : groups) {
    if (failed_) refuse(group);
    hand_over(std::move(group));
  }
  lock.lock();
  const auto reads = finished_reads();
  is_syncing_ = false;
  lock.unlock();
  changed_.notify_all();
  const auto error = lost();
  for (const auto& read : reads) read.job->finished(read.needs <= synced_ ? nullptr : &error);
  lock.lock();
}

bool LogSyncer::sync() {
  const auto start = steady_clock::now();
  const int code = log_.sync();
  last_sync_ = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
  if (code == SQLITE_OK) return true;
  log::error("syncing the write-ahead log failed: {}", sqlite3_errstr(code));
  return false;
}

void LogSyncer::hand_over(std::vector<FinishedJob> group) {
  try {
    listener_.committed(std::move(group));
  } catch (const std::exception& error) {
    log::error("the commit listener failed: {}", error.what());
  }
}

std::vector<LogSyncer::Read> LogSyncer::finished_reads() {
  const auto waits = [this](const Read& read) { return read.needs > synced_ && !failed_; };
  const auto first = std::stable_partition(reads_.begin(), reads_.end(), waits);
  std::vector<Read> finished(std::make_move_iterator(first), std::make_move_iterator(reads_.end()));
  reads_.erase(first, reads_.end());
  return finished;
}

}  // namespace parlor::store
