#include "realtime/ack_collector.h"

#include <utility>

namespace parlor::realtime {

void AckCollector::expect() {
  const std::lock_guard lock(mutex_);
  ++pending_;
}

void AckCollector::answered(const Result<socketio::ArgumentsView>& answer) {
  {
    const std::lock_guard lock(mutex_);
    if (answer) {
      acks_.answers.emplace_back(*answer);
    } else {
      ++acks_.missing;
    }
  }
  finish_one();
}

void AckCollector::finish_one() {
  BroadcastAcks complete;
  {
    const std::lock_guard lock(mutex_);
    if (--pending_ > 0) return;
    complete = std::move(acks_);
  }
  callback_(std::move(complete));
}

}  // namespace parlor::realtime
