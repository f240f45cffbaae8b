#include "store/sqlite/writer.h"

#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"

namespace parlor::store {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLongWait{60'000};
constexpr std::chrono::seconds kBetweenNotes{10};

Error unavailable(std::string message) {
  return {ErrorCode::unavailable, std::move(message), std::chrono::seconds(1)};
}

Error read_only() {
  return {ErrorCode::unavailable,
          "the server cannot write since an error of its disk; it has to be restarted",
          std::chrono::seconds(30)};
}

void fault(FinishedJob& finished, Error error) {
  finished.events.clear();
  finished.fault = std::make_unique<Error>(std::move(error));
}

std::int64_t stored_second(SqliteConnection& db) {
  auto rows = db.read("SELECT value FROM meta WHERE name = 'id_second'");
  return rows.next() ? rows.integer(0) : 0;
}

template <class Running>
std::vector<FinishedJob> finished_of(std::vector<Running> group) {
  std::vector<FinishedJob> finished;
  finished.reserve(group.size());
  for (auto& running : group) finished.push_back(std::move(running.finished));
  return finished;
}

int tell_checkpointer(void* checkpointer, sqlite3*, const char*, int pages) {
  static_cast<Checkpointer*>(checkpointer)->log_has(pages);
  return SQLITE_OK;
}

}  // namespace

Writer::Writer(SqliteConnection& db, WriteQueue& queue, Checkpointer& checkpointer,
               SearchIndexer& indexer, const MonotonicClock& clock, LogSyncer& syncer,
               std::chrono::microseconds shortest_group)
    : db_(db),
      queue_(queue),
      checkpointer_(checkpointer),
      indexer_(indexer),
      clock_(clock),
      syncer_(syncer),
      stored_second_(stored_second(db)),
      ids_(clock, stored_second_ + 1),
      search_(db),
      transaction_(db, search_, &ids_),
      shortest_group_(shortest_group) {
  sqlite3_wal_hook(db.handle(), tell_checkpointer, &checkpointer);
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { thread_.join(); }

void Writer::run() {
  pthread_setname_np(pthread_self(), "store-writer");
  for (;;) {
    if (queue_.wait_for(kLongWait)) {
      checkpointer_.let_checkpoint_pass();
      if (read_only_ || syncer_.has_failed())
        refuse_waiting();
      else
        run_group();
    } else if (queue_.is_closed()) {
      return;
    }
  }
}

void Writer::run_group() {
  const auto start = steady_clock::now();
  std::vector<Running> group;
  group.reserve(kGroupJobs);
  const auto work = group_work();
  const auto limit = [&] {
    return group.size() < kWorthACommit ? std::max(work, kLongestGroup) : work;
  };
  auto outcome = run_transaction(group, Guard::none, [&]() -> std::unique_ptr<Job> {
    if (group.size() >= kGroupJobs || (!group.empty() && steady_clock::now() - start > limit()))
      return nullptr;
    return queue_.pop();
  });
  if (outcome == Outcome::spoiled) outcome = run_guarded(group);
  if (outcome == Outcome::committed) {
    std::vector<Running> again;
    for (auto& running : group)
      if (running.again) again.push_back(std::move(running));
    std::erase_if(group, [](const Running& running) { return !running.finished.job; });
    deliver_committed(std::move(group));
    run_again(std::move(again));
    return;
  }
  if (group.empty())  // BEGIN itself failed
    while (group.size() < kGroupJobs && (group.emplace_back().finished.job = queue_.pop())) {
    }
  std::erase_if(group, [](const Running& running) { return !running.finished.job; });
  if (outcome == Outcome::out_of_space) return run_again(std::move(group));
  if (outcome == Outcome::damaged) read_only_ = true;
  for (auto& running : group)
    if (!running.finished.fault)
      fault(running.finished,
            read_only_ ? read_only() : unavailable("the server could not store it"));
  deliver(std::move(group));
}

// All of the group's jobs from the start, each of which can be undone by itself this time.
Writer::Outcome Writer::run_guarded(std::vector<Running>& group) {
  auto waiting = std::exchange(group, {});
  group.reserve(waiting.size());
  auto next = waiting.begin();
  const auto outcome = run_transaction(group, Guard::each_job, [&]() -> std::unique_ptr<Job> {
    return next == waiting.end() ? nullptr : std::move((next++)->finished.job);
  });
  // It may have ended early: the rest are the group's all the same.
  for (; next != waiting.end(); ++next) {
    group.emplace_back().finished.job = std::move(next->finished.job);
  }
  return outcome;
}

template <class NextJob>
Writer::Outcome Writer::run_transaction(std::vector<Running>& group, Guard guard,
                                        NextJob next_job) {
  try {
    transaction_.drop_counts();
    db_.begin_write();
    while (auto job = next_job()) {
      group.emplace_back().finished.job = std::move(job);
      const auto outcome = run_job(group.back(), guard);
      if (outcome != Outcome::committed) {
        roll_back();
        return outcome;
      }
    }
    transaction_.write_counts();
    save_newest_second();
    {
      const LogSyncer::Commit commit(syncer_);
      db_.commit();
    }
    stored_second_ = std::max(stored_second_, ids_.newest_second());
    return Outcome::committed;
  } catch (const SqliteError& error) {
    note_failure("a group of writes was not committed", error);
    roll_back();
    return outcome_of(error);
  }
}

void Writer::roll_back() {
  db_.rollback();
  transaction_.forget();
}

// `committed` says that the group may go on, whatever became of this job.
Writer::Outcome Writer::run_job(Running& running, Guard guard) {
  auto& finished = running.finished;
  transaction_.begin(clock_.now());
  db_.start_job(guard == Guard::each_job);
  try {
    if (finished.job->run(transaction_)) {
      db_.keep_job();
      transaction_.keep_counts();
      finished.events = transaction_.take_events();
    } else if (!undo_job()) {
      return Outcome::spoiled;
    }
    // A job may have swallowed the error that ended the transaction.
    return db_.in_transaction() ? Outcome::committed : Outcome::out_of_space;
  } catch (const SqliteError& error) {
    return job_failed(running, error);
  } catch (const std::exception& error) {
    log::error("a write failed: {}", error.what());
  } catch (...) {
    log::error("a write failed with an unknown exception");
  }
  fault(finished, unavailable("the server could not do it"));
  if (!db_.in_transaction()) return Outcome::out_of_space;
  return undo_job() ? Outcome::committed : Outcome::spoiled;
}

bool Writer::undo_job() {
  transaction_.forget();
  return db_.undo_job();
}

Writer::Outcome Writer::job_failed(Running& running, const SqliteError& error) {
  note_failure("a write failed", error);
  const auto outcome = outcome_of(error);
  if (outcome == Outcome::damaged) return outcome;
  if (!db_.in_transaction()) return outcome;
  if (!undo_job()) return Outcome::spoiled;
  if (outcome == Outcome::out_of_space)
    running.again = true;
  else
    fault(running.finished, unavailable("the server could not store it"));
  return Outcome::committed;
}

Writer::Outcome Writer::outcome_of(const SqliteError& error) {
  if (error.is_out_of_space()) return Outcome::out_of_space;
  return error.is_damage() ? Outcome::damaged : Outcome::failed;
}

// Each send fails while the disk is full, and the log may be on that disk.
void Writer::note_failure(const char* what, const SqliteError& error) {
  if (!error.is_out_of_space()) return log::error("{}: {}", what, error.what());
  const auto now = steady_clock::now();
  if (now < next_note_) {
    ++unnoted_;
    return;
  }
  next_note_ = now + kBetweenNotes;
  log::error("{}: {} ({} more since the last such line)", what, error.what(),
             std::exchange(unnoted_, 0));
}

void Writer::save_newest_second() {
  if (ids_.newest_second() <= stored_second_) return;
  db_.write(
      "INSERT INTO meta (name, value) VALUES ('id_second', $1)"
      " ON CONFLICT DO UPDATE SET value = $1",
      ids_.newest_second());
}

void Writer::run_again(std::vector<Running> group) {
  for (auto& lost : group) {
    std::vector<Running> alone;
    auto outcome = Outcome::failed;
    if (lost.finished.fault || read_only_) {
      alone.push_back(std::move(lost));
    } else {
      auto job = std::move(lost.finished.job);
      outcome =
          run_transaction(alone, Guard::each_job, [&] { return std::exchange(job, nullptr); });
      if (job) alone.emplace_back().finished.job = std::move(job);  // BEGIN failed
    }
    auto& finished = alone.front().finished;
    if (outcome == Outcome::damaged) read_only_ = true;
    const bool stands = outcome == Outcome::committed && !alone.front().again;
    if (!stands && !finished.fault)
      fault(finished,
            read_only_ ? read_only() : unavailable("the server is out of space; try again later"));
    if (stands)
      deliver_committed(std::move(alone));
    else
      deliver(std::move(alone));
  }
}

void Writer::refuse_waiting() {
  std::vector<Running> group;
  while (auto job = queue_.pop()) {
    auto& finished = group.emplace_back().finished;
    finished.job = std::move(job);
    fault(finished, read_only());
  }
  deliver(std::move(group));
}

std::chrono::microseconds Writer::group_work() const {
  return std::clamp(syncer_.last_sync(), shortest_group_, std::max(shortest_group_, kLongestGroup));
}

void Writer::deliver_committed(std::vector<Running> group) {
  auto finished = finished_of(std::move(group));
  indexer_.note_written(finished);
  syncer_.tell(std::move(finished), queue_.is_empty());
}

void Writer::deliver(std::vector<Running> group) {
  syncer_.tell(finished_of(std::move(group)), queue_.is_empty());
}

}  // namespace parlor::store
