// The event loop inside a shard. Only net's own files include this: it brings Asio along.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include "net/shard.h"

namespace parlor::net {

class ShardServer;

// A descriptor whose readiness is awaited; reads and writes go to the descriptor itself.
using Descriptor =
    boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;

struct Shard::Loop {
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  ShardServer* server = nullptr;  // the connections of this shard; null when there are none
};

// Runs a shard's turns on the calling thread until stop is called on it.
class ShardThread {
 public:
  explicit ShardThread(Shard& shard) : shard_(shard) {}

  void run();
  // From a handler on the same thread: run returns at the end of the turn.
  void stop() { is_stopped_ = true; }

 private:
  void run_ready(bool may_wait);
  void run_end_of_turn();
  bool has_work() const;

  Shard& shard_;
  bool is_stopped_ = false;
};

}  // namespace parlor::net
