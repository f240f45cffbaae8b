// A shard: one I/O thread with its event loop, its timers, its connections and one mailbox.
//
// One turn of the loop: handlers of everything that is ready (read, accepted, posted) → timers →
// tasks left for the end of the turn → every connection with something to send is written once.
//
// Owner: HttpServer. All members but post() and index() are for the shard's own thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "net/slice.h"
#include "net/task.h"
#include "net/timer_wheel.h"
#include "net/websocket_frame.h"

namespace parlor::net {

// What other threads put into a shard: first in, first run. Outlives the shard for those who still
// hold it; a closed mailbox drops what it is given.
class Mailbox {
 public:
  // Any thread. Wakes the loop only when the mailbox was empty. False: closed, the task is dropped.
  bool post(Task task);

 private:
  friend class Shard;
  friend class ShardThread;
  void close();

  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool is_closed_ = false;
  class Shard* shard_ = nullptr;  // whom to wake; null once closed
};

class Shard {
 public:
  explicit Shard(unsigned index);
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;
  ~Shard();

  // The shard whose thread this is; null on any other thread.
  static Shard* current();

  // Any thread. Runs `task` on the shard's thread, never inside this call. In the order of posting.
  void post(Task task) { mailbox_->post(std::move(task)); }
  std::shared_ptr<Mailbox> mailbox() const { return mailbox_; }
  unsigned index() const { return index_; }

  TimerWheel& timers() { return timers_; }
  // Milliseconds of a steady clock.
  std::int64_t now_ms() const { return timers_.now_ms(); }

  // Runs `task` once when this turn's handlers are done, before connections are written.
  void at_end_of_turn(Task task) { end_of_turn_.push_back(std::move(task)); }

  // Bytes to be sent, as they are, by any number of this shard's connections. What is staged one
  // after another leaves a connection as one run.
  Slice stage(std::string_view bytes);
  // The same without copying, for large bodies.
  Slice stage(std::shared_ptr<const std::string> bytes);
  // One whole WebSocket message around `payload`.
  Slice frame(Opcode opcode, std::string_view payload);

  // Bytes held by staged chunks that connections still wait to send. Shared bytes count once.
  std::size_t staged_bytes() const { return live_bytes_; }

  struct Loop;  // the event loop, known to net's own files
  Loop& loop() { return *loop_; }
  std::size_t* live_bytes_counter() { return &live_bytes_; }

 private:
  friend class Mailbox;
  friend class ShardThread;

  void wake();
  void run_mail();
  void open_new_chunk();

  unsigned index_;
  std::size_t live_bytes_ = 0;
  Chunk* open_chunk_ = nullptr;
  TimerWheel timers_;
  std::vector<Task> end_of_turn_;
  std::shared_ptr<Mailbox> mailbox_;
  std::unique_ptr<Loop> loop_;
};

}  // namespace parlor::net
