// Work that keeps a processor busy for long (password hashing, thumbnails, hashing of files): a
// port, and the pool of threads behind it.
//
// It keeps such work off the I/O threads and the writer; its bound is what keeps a flood of log-ins
// from eating the machine.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace parlor {

// Thread-safe.
class Workers {
 public:
  using Task = std::function<void()>;

  virtual ~Workers() = default;

  // False when as many tasks wait as may, or the pool has stopped: the task will not run, and the
  // caller answers `unavailable`. A task that throws is logged and forgotten.
  virtual bool submit(Task task) = 0;
};

// Owned by the composition root; tasks run in the order of submission, one per thread at a time.
class ThreadWorkers final : public Workers {
 public:
  ThreadWorkers(std::size_t threads, std::size_t waiting_limit);
  ~ThreadWorkers() override;  // stop()
  ThreadWorkers(const ThreadWorkers&) = delete;
  ThreadWorkers& operator=(const ThreadWorkers&) = delete;

  bool submit(Task task) override;

  // Takes no more tasks, and returns when those that it has taken have run. Not for tasks to call.
  void stop();

 private:
  void run();

  const std::size_t waiting_limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace parlor
