#include "app/markers.h"

#include <chrono>

#include "app/function_job.h"

namespace parlor::app {

Markers::Markers(store::Store& store) : store_(store), thread_([this] { run(); }) {}

Markers::~Markers() { stop(); }

void Markers::add(Kind kind, chat::Actor reader, chat::ReachMessage reached) {
  const Key key{reached.room, reader.conversation, kind};
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && (waiting_.size() < kMaxWaiting || waiting_.contains(key))) {
      auto& waiting = waiting_[key];
      waiting.kind = kind;
      waiting.reader = std::move(reader);
      // The last one is nearly always the furthest, but only the use case knows: keep those that
      // differ.
      if (waiting.reached.empty() || waiting.reached.back().message != reached.message) {
        waiting.reached.push_back(reached);
      }
      changed_.notify_one();
      return;
    }
  }
  write({kind, std::move(reader), {reached}});
}

void Markers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Markers::run() {
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

void Markers::write(Waiting waiting) {
  const auto account = waiting.reader.account;
  const auto move = [waiting = std::move(waiting)](chat::Transaction& transaction) -> Result<Ok> {
    const auto mark = waiting.kind == Kind::read ? chat::mark_read : chat::mark_delivered;
    for (const auto& reached : waiting.reached) {
      const auto moved = mark(transaction, waiting.reader, reached);
      if (!moved) return moved.failure();
    }
    return Ok();
  };
  // A marker that cannot be written (the room is no longer the reader's) is of no interest to
  // anybody.
  store_.submit(store::Lane::write, make_job(account, move, [](const Result<Ok>&) {}));
}

}  // namespace parlor::app
