#include "app/record_pruner.h"

#include "app/function_job.h"
#include "base/log.h"
#include "chat/pruning.h"

namespace parlor::app {

void RecordPruner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool RecordPruner::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

void RecordPruner::run() {
  do {
    walk();
  } while (pause(kWalkPause));
}

void RecordPruner::walk() {
  chat::PruningState state;
  while (!state.is_done() && pause(kStepPause)) {
    auto next =
        run_and_wait(store_, store::Lane::write,
                     [&state](chat::Transaction& transaction) -> Result<chat::PruningState> {
                       return chat::prune_some(transaction, state);
                     });
    if (!next) return log::warn("old records stay for now: {}", next.error().message);
    state = std::move(*next);
  }
}

}  // namespace parlor::app
