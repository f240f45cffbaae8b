#include "app/read_marks.h"

#include <chrono>

#include "app/function_job.h"
#include "chat/reading.h"

namespace parlor::app {

ReadMarks::ReadMarks(store::Store& store) : store_(store), thread_([this] { run(); }) {}

ReadMarks::~ReadMarks() { stop(); }

void ReadMarks::add(dialects::PageRead read) {
  const Key key{read.reached.room, read.reader.conversation};
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && (waiting_.size() < kMaxWaiting || waiting_.contains(key))) {
      auto& waiting = waiting_[key];
      waiting.reader = std::move(read.reader);
      // The last one is nearly always the furthest, but only the use case knows: keep those that
      // differ.
      if (waiting.reached.empty() || waiting.reached.back().message != read.reached.message) {
        waiting.reached.push_back(read.reached);
      }
      changed_.notify_one();
      return;
    }
  }
  write({std::move(read.reader), {read.reached}});
}

void ReadMarks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ReadMarks::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    // More arrives while this waits; that is its purpose.
    changed_.wait_for(lock, std::chrono::milliseconds(kDelayMs), [this] { return stopping_; });
    auto due = std::exchange(waiting_, {});
    lock.unlock();
    for (auto& [key, waiting] : due) write(std::move(waiting));
    lock.lock();
    if (stopping_ && waiting_.empty()) return;
  }
}

void ReadMarks::write(Waiting waiting) {
  const auto account = waiting.reader.account;
  const auto mark = [waiting = std::move(waiting)](chat::Transaction& transaction) -> Result<Ok> {
    for (const auto& reached : waiting.reached) {
      const auto moved = chat::mark_read(transaction, waiting.reader, reached);
      if (!moved) return moved.failure();
    }
    return Ok();
  };
  // A marker that cannot be written (the room is no longer the reader's) is of no interest to
  // anybody.
  store_.submit(store::Lane::write, make_job(account, mark, [](const Result<Ok>&) {}));
}

}  // namespace parlor::app
