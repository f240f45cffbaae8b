#include "store/sqlite/reader_pool.h"

#include <pthread.h>

#include <utility>

#include "base/log.h"
#include "store/sql/transaction.h"
#include "store/sqlite/search.h"
#include "store/sqlite/search_index.h"

namespace parlor::store {

ReaderPool::ReaderPool(Options options, const MonotonicClock& clock, LogSyncer& syncer)
    : options_(std::move(options)), clock_(clock), syncer_(syncer) {
  for (int i = 0; i < options_.threads; ++i)
    connections_.push_back(std::make_unique<SqliteConnection>(
        options_.file, SqliteConnection::Mode::reader, options_.vfs));
  for (auto& connection : connections_) attach_search_index(*connection, options_.index_file);
  for (auto& connection : connections_)
    threads_.emplace_back([this, &db = *connection] { run(db); });
}

void ReaderPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  connections_.clear();
}

bool ReaderPool::push(std::unique_ptr<Job>& job) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || jobs_.size() >= kMaxWaiting) return false;
  jobs_.push_back(std::move(job));
  arrived_.notify_one();
  return true;
}

std::unique_ptr<Job> ReaderPool::pop() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
  if (jobs_.empty()) return nullptr;
  auto job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void ReaderPool::run(SqliteConnection& db) {
  pthread_setname_np(pthread_self(), "store-reader");
  SqliteSearch search(db);
  sql::SqlTransaction transaction(db, search, nullptr);
  while (auto job = pop()) {
    transaction.begin(clock_.now());
    run_job(db, transaction, std::move(job));
  }
}

void ReaderPool::run_job(SqliteConnection& db, chat::Transaction& transaction,
                         std::unique_ptr<Job> job) {
  Error fault{ErrorCode::unavailable, "the server could not read it", std::chrono::seconds(1)};
  try {
    db.set_deadline(std::chrono::steady_clock::now() + options_.deadline);
    db.begin();
    job->run(transaction);
    db.commit();
    return syncer_.finish_read(std::move(job));
  } catch (const SqliteError& error) {
    if (error.is_interrupted())
      fault.message = options_.too_slow;
    else
      log::error("a read failed: {}", error.what());
  } catch (const std::exception& error) {
    log::error("a read failed: {}", error.what());
  } catch (...) {
    log::error("a read failed with an unknown exception");
  }
  db.set_deadline(std::chrono::steady_clock::time_point::max());
  db.rollback();
  job->finished(&fault);
}

}  // namespace parlor::store
