// Gathers the answers to a broadcast with acks from all shards, and tells them once.
//
// Thread-safe. Complete when every shard has said how many it asked, and each of those has answered
// or failed to; sockets' own time-outs see to the latter.
#pragma once

#include <functional>
#include <mutex>

#include "realtime/target.h"

namespace parlor::realtime {

class AckCollector {
 public:
  AckCollector(std::size_t shards, socketio::Milliseconds timeout_ms,
               std::function<void(BroadcastAcks)> callback)
      : timeout_ms_(timeout_ms), pending_(shards), callback_(std::move(callback)) {}

  socketio::Milliseconds timeout_ms() const { return timeout_ms_; }
  // One more answer is to come; before its shard is done.
  void expect();
  void answered(const Result<socketio::ArgumentsView>& answer);
  void shard_done() { finish_one(); }

 private:
  void finish_one();

  const socketio::Milliseconds timeout_ms_;
  std::mutex mutex_;
  std::size_t pending_;  // shards not done and answers to come
  BroadcastAcks acks_;
  std::function<void(BroadcastAcks)> callback_;
};

}  // namespace parlor::realtime
