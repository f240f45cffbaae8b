// The Store port: where use cases run.
//
// A job is a use case with its input and its answer. The store runs it on a thread of its own:
// reads on reader threads with a snapshot each, writes one after another on the writer thread, many
// to a commit.
//
// Completion. A read job's finished() is called on a thread of the store. Write jobs go, in commit
// order and behind their commit, to the CommitListener, with the events that they recorded; the
// listener calls finished(). A job whose commit failed has no events and gets finished(error) with
// ErrorCode::unavailable.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/transaction.h"

namespace parlor::store {

class Job {
 public:
  virtual ~Job() = default;

  // For fairness between and inside accounts; both may be zero.
  virtual AccountId account() const = 0;
  virtual std::int64_t actor() const = 0;
  // What it holds in memory while it waits, in bytes: the write queue is bounded by it.
  virtual std::size_t size() const = 0;

  // Runs the use case and keeps its answer for finished(). Returns whether its writes are to be
  // kept. May be called again after a call whose effects were rolled back; the last call counts.
  virtual bool run(chat::Transaction& transaction) = 0;

  // Called once, behind the commit. `fault` says why the last run does not count, if it does not.
  virtual void finished(const Error* fault) noexcept = 0;
};

struct FinishedJob {
  std::unique_ptr<Job> job;
  std::vector<chat::Event> events;  // empty unless committed
  std::unique_ptr<Error> fault;
};

class CommitListener {
 public:
  virtual ~CommitListener() = default;
  // On a thread of the store, one group after another in commit order; must not block. Whoever
  // takes the jobs calls finished() of each.
  virtual void committed(std::vector<FinishedJob> group) = 0;
};

enum class Lane { read, search, write };

class Store {
 public:
  virtual ~Store() = default;

  // Thread-safe. A full queue finishes the job at once, on the calling thread, with
  // ErrorCode::unavailable.
  virtual void submit(Lane lane, std::unique_ptr<Job> job) = 0;

  // Writes a consistent copy of everything to `path`, which must not exist, while serving. Blocks
  // the caller.
  virtual Result<Ok> backup(const std::string& path) = 0;

  // Finishes what is queued, then stops its threads. submit() afterwards finishes with unavailable.
  virtual void stop() = 0;
};

}  // namespace parlor::store
