#include "base/workers.h"

#include <exception>
#include <utility>

#include "base/log.h"

namespace parlor {
namespace {

void run_guarded(const Workers::Task& task) {
  try {
    task();
  } catch (const std::exception& fault) {
    log::error("a background task failed: {}", fault.what());
  } catch (...) {
    log::error("a background task failed");
  }
}

}  // namespace

ThreadWorkers::ThreadWorkers(std::size_t threads, std::size_t waiting_limit)
    : waiting_limit_(waiting_limit) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

ThreadWorkers::~ThreadWorkers() { stop(); }

bool ThreadWorkers::submit(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= waiting_limit_) return false;
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void ThreadWorkers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void ThreadWorkers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Task task = std::exchange(waiting_.front(), nullptr);
    waiting_.pop_front();
    lock.unlock();
    run_guarded(task);
    lock.lock();
  }
}

}  // namespace parlor
