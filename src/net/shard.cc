#include "net/shard.h"

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>

#include "base/log.h"
#include "net/shard_loop.h"
#include "net/shard_server.h"

namespace parlor::net {
namespace {

constexpr std::uint32_t kChunkBytes = 64 * 1024;
// A piece above this gets a chunk of its own, so that little of an open chunk is lost.
constexpr std::size_t kLargePiece = 16 * 1024;

// A turn reads what is ready, but writes at the latest after this many handlers or milliseconds:
// the more is read first, the more frames leave in one write; answers must not wait for ever.
constexpr int kHandlersPerTurn = 4096;
constexpr std::int64_t kTurnMs = 4;
constexpr int kHandlersBetweenLooks = 64;
constexpr std::int64_t kLongestWaitMs = 60'000;

thread_local Shard* current_shard = nullptr;

std::int64_t steady_ms() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// A fault of one task must not end the others.
template <class Callable>
void guarded(Callable&& callable) {
  try {
    callable();
  } catch (const std::exception& fault) {
    log::error("fault on an I/O thread: {}", fault.what());
  }
}

}  // namespace

bool Mailbox::post(Task task) {
  const std::lock_guard lock(mutex_);
  if (is_closed_) return false;
  tasks_.push_back(std::move(task));
  if (tasks_.size() == 1 && shard_) shard_->wake();
  return true;
}

void Mailbox::close() {
  std::vector<Task> dropped;
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  shard_ = nullptr;
  dropped.swap(tasks_);
}

Shard::Shard(unsigned index)
    : index_(index),
      timers_(&steady_ms),
      mailbox_(std::make_shared<Mailbox>()),
      loop_(std::make_unique<Loop>()) {
  mailbox_->shard_ = this;
}

Shard::~Shard() {
  mailbox_->close();
  end_of_turn_.clear();
  if (open_chunk_) open_chunk_->release();
}

Shard* Shard::current() { return current_shard; }

void Shard::wake() {
  boost::asio::post(loop_->io, [this] { run_mail(); });
}

void Shard::run_mail() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mailbox_->mutex_);
    tasks.swap(mailbox_->tasks_);
  }
  for (Task& task : tasks) {
    guarded(task);
    task = Task();  // what it holds goes before the next one runs
  }
}

Slice Shard::stage(std::string_view bytes) {
  if (bytes.size() > kLargePiece) {
    Chunk* own = Chunk::allocate(static_cast<std::uint32_t>(bytes.size()), &live_bytes_);
    Slice slice(own, own->append(bytes), static_cast<std::uint32_t>(bytes.size()));
    own->release();
    return slice;
  }
  if (!open_chunk_ || open_chunk_->room() < bytes.size()) open_new_chunk();
  return Slice(open_chunk_, open_chunk_->append(bytes), static_cast<std::uint32_t>(bytes.size()));
}

Slice Shard::stage(std::shared_ptr<const std::string> bytes) {
  if (bytes->size() <= kLargePiece) return stage(std::string_view(*bytes));
  Chunk* chunk = Chunk::adopt(std::move(bytes), &live_bytes_);
  Slice slice(chunk, 0, chunk->used());
  chunk->release();
  return slice;
}

Slice Shard::frame(Opcode opcode, std::string_view payload) {
  const FrameHead head = frame_head(opcode, payload.size());
  const std::size_t size = head.size + payload.size();
  Chunk* chunk = nullptr;
  if (size > kLargePiece) {
    chunk = Chunk::allocate(static_cast<std::uint32_t>(size), &live_bytes_);
  } else {
    if (!open_chunk_ || open_chunk_->room() < size) open_new_chunk();
    chunk = open_chunk_;
    chunk->retain();
  }
  const std::uint32_t offset = chunk->append(head.view());
  chunk->append(payload);
  Slice slice(chunk, offset, static_cast<std::uint32_t>(size));
  chunk->release();
  return slice;
}

void Shard::open_new_chunk() {
  if (open_chunk_) open_chunk_->release();
  open_chunk_ = Chunk::allocate(kChunkBytes, &live_bytes_);
}

void ShardThread::run() {
  current_shard = &shard_;
  while (!is_stopped_) {
    run_ready(!has_work());
    guarded([this] { shard_.timers_.advance(); });
    run_end_of_turn();
    if (shard_.loop_->server) guarded([this] { shard_.loop_->server->end_turn(); });
  }
  current_shard = nullptr;
}

bool ShardThread::has_work() const {
  return !shard_.end_of_turn_.empty() ||
         (shard_.loop_->server && shard_.loop_->server->has_dirty_connections());
}

void ShardThread::run_ready(bool may_wait) {
  auto& io = shard_.loop_->io;
  if (may_wait) {
    const auto next = shard_.timers_.next_ms();
    const std::int64_t wait =
        next ? std::clamp<std::int64_t>(*next - steady_ms(), 0, kLongestWaitMs) : kLongestWaitMs;
    guarded([&] { io.run_one_for(std::chrono::milliseconds(wait)); });
  }
  const std::int64_t begin = steady_ms();
  for (int handled = 1; handled <= kHandlersPerTurn; ++handled) {
    bool was_ready = true;  // also when it threw
    guarded([&] { was_ready = io.poll_one() != 0; });
    if (!was_ready) return;
    if (handled % kHandlersBetweenLooks == 0 && steady_ms() - begin >= kTurnMs) return;
  }
}

void ShardThread::run_end_of_turn() {
  std::vector<Task> tasks;
  tasks.swap(shard_.end_of_turn_);
  for (Task& task : tasks) guarded(task);
  tasks.clear();
  // Keeps the capacity when nothing was added meanwhile.
  if (shard_.end_of_turn_.empty()) shard_.end_of_turn_.swap(tasks);
}

}  // namespace parlor::net
