#include "store/sqlite/write_queue.h"

#include <utility>

namespace parlor::store {

bool WriteQueue::push(std::unique_ptr<Job>& job) {
  const auto account_key = job->account().value;
  const auto actor_key = job->actor();
  const auto size = job->size();
  const std::lock_guard lock(mutex_);
  if (closed_ || jobs_ >= bounds_.jobs) return false;
  if (jobs_ > 0 && bytes_ + size > bounds_.bytes) return false;
  auto& account = accounts_[account_key];
  if (account.turns.empty()) turns_.push_back(account_key);
  auto& actor = account.actors[actor_key];
  if (actor.empty()) account.turns.push_back(actor_key);
  actor.push_back({std::move(job), size});
  ++jobs_;
  bytes_ += size;
  if (writer_waits_) arrived_.notify_one();
  return true;
}

std::unique_ptr<Job> WriteQueue::pop() {
  const std::lock_guard lock(mutex_);
  if (turns_.empty()) return nullptr;
  const auto account_key = turns_.front();
  turns_.pop_front();
  auto account = accounts_.find(account_key);
  auto& turns = account->second.turns;
  const auto actor_key = turns.front();
  turns.pop_front();
  auto actor = account->second.actors.find(actor_key);

  auto waiting = std::move(actor->second.front());
  actor->second.pop_front();
  if (actor->second.empty())
    account->second.actors.erase(actor);
  else
    turns.push_back(actor_key);
  if (turns.empty())
    accounts_.erase(account);
  else
    turns_.push_back(account_key);
  --jobs_;
  bytes_ -= waiting.size;
  return std::move(waiting.job);
}

bool WriteQueue::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  writer_waits_ = true;
  arrived_.wait_for(lock, time, [this] { return jobs_ > 0 || closed_; });
  writer_waits_ = false;
  return jobs_ > 0;
}

bool WriteQueue::is_empty() {
  const std::lock_guard lock(mutex_);
  return jobs_ == 0;
}

void WriteQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  arrived_.notify_one();
}

bool WriteQueue::is_closed() {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace parlor::store
