#include "app/markers.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/function_job.h"

namespace parlor::app {
namespace {

// Nobody waits for the answer: a marker that cannot be written (the room is no longer the reader's)
// is of no interest to anybody, and the others must not suffer.
Result<Ok> move_markers(chat::Transaction& transaction, const std::vector<Markers::Mark>& marks) {
  for (const auto& mark : marks) {
    const auto move = mark.kind == Markers::Kind::read ? chat::mark_read : chat::mark_delivered;
    (void)move(transaction, mark.reader, mark.reached);
  }
  return Ok();
}

bool is_same(const Markers::Mark& a, const Markers::Mark& b) {
  return a.kind == b.kind && a.reached.room == b.reached.room &&
         a.reached.message == b.reached.message && a.reader.conversation == b.reader.conversation;
}

}  // namespace

Markers::Markers(store::Store& store) : store_(store), thread_([this] { run(); }) {}

Markers::~Markers() { stop(); }

void Markers::add(std::int64_t caller, Mark mark) {
  std::vector<Mark> at_once;
  {
    const std::lock_guard lock(mutex_);
    const bool has_room = readers_.size() < kMaxReaders || readers_.contains(caller);
    auto& reader = readers_[caller];
    auto& waiting = reader.waiting;
    if (waiting.empty() || !is_same(waiting.back(), mark)) waiting.push_back(std::move(mark));
    if (stopping_ || !has_room || waiting.size() >= kMaxReached) at_once = begin_write(reader);
    changed_.notify_one();
  }
  if (!at_once.empty()) write(caller, std::move(at_once));
}

bool Markers::Reader::moves(std::optional<RoomId> room) const {
  return !room || std::ranges::find(writing, *room) != writing.end() ||
         std::ranges::any_of(waiting, [&](const Mark& mark) { return mark.reached.room == *room; });
}

void Markers::settle(std::int64_t caller, std::optional<RoomId> room, std::function<void()> then) {
  std::vector<Mark> due;
  {
    const std::lock_guard lock(mutex_);
    const auto found = readers_.find(caller);
    if (found != readers_.end() && found->second.moves(room) &&
        found->second.then.size() < kMaxSettling) {
      auto& reader = found->second;
      reader.then.push_back(std::exchange(then, nullptr));
      if (!reader.waiting.empty()) due = begin_write(reader);
    }
  }
  if (then) return then();
  if (!due.empty()) write(caller, std::move(due));
}

std::vector<Markers::Mark> Markers::begin_write(Reader& reader) {
  ++reader.writes;
  for (const auto& mark : reader.waiting) reader.writing.push_back(mark.reached.room);
  return std::exchange(reader.waiting, {});
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
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !readers_.empty(); });
      // More arrives while this waits; that is its purpose.
      changed_.wait_for(lock, std::chrono::milliseconds(kDelayMs), [this] { return stopping_; });
    }
    write_due();
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

void Markers::write_due() {
  std::vector<std::pair<std::int64_t, std::vector<Mark>>> due;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [caller, reader] : readers_) {
      if (!reader.waiting.empty()) due.emplace_back(caller, begin_write(reader));
    }
  }
  for (auto& [caller, marks] : due) write(caller, std::move(marks));
}

void Markers::write(std::int64_t caller, std::vector<Mark> marks) {
  const auto account = marks.front().reader.account;
  store_.submit(store::Lane::write, make_job(
                                        account,
                                        [marks = std::move(marks)](chat::Transaction& transaction) {
                                          return move_markers(transaction, marks);
                                        },
                                        [this, caller](const Result<Ok>&) { written(caller); }));
}

void Markers::written(std::int64_t caller) {
  std::vector<std::function<void()>> then;
  {
    const std::lock_guard lock(mutex_);
    const auto found = readers_.find(caller);
    if (found == readers_.end() || --found->second.writes > 0) return;
    then = std::exchange(found->second.then, {});
    found->second.writing.clear();
    if (found->second.waiting.empty()) readers_.erase(found);
  }
  for (const auto& call : then) call();
}

}  // namespace parlor::app
