// The Engine.IO sessions of one shard, in a table of slots.
//
// Owner: EngineServer. Thread: the shard's, but for post().
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "net/shard.h"
#include "realtime/engine_connection.h"
#include "realtime/engine_server.h"

namespace parlor::realtime {

class EngineShard {
 public:
  EngineShard(EngineServer& server, net::Shard& io);
  ~EngineShard();

  // Null when the table is full.
  EngineConnection* open(net::HttpRequest request);
  // Null when there is no such session.
  EngineConnection* find(std::string_view sid) const;
  EngineConnection* at(std::uint32_t slot) const {
    return slot < slots_.size() ? slots_[slot].get() : nullptr;
  }
  // The connection has finished: it goes at the end of this turn, and its slot is free then.
  void retire(EngineConnection& connection);
  // A session keeps that much more, or less, for its next poll.
  void count_buffered(std::int64_t change);
  // Closes what buffers most until all sessions together keep to the budget, or those of this
  // shard to their share of it.
  void relieve();
  void close_all(socketio::CloseReason reason);

  net::Shard& io() const { return io_; }
  EngineServer& server() const { return server_; }
  // Any thread.
  void post(net::Task task) { io_.post(std::move(task)); }

 private:
  EngineServer& server_;
  net::Shard& io_;
  std::vector<std::unique_ptr<EngineConnection>> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::int64_t buffered_ = 0;  // bytes
};

}  // namespace parlor::realtime
