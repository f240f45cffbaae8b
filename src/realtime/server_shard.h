// The Socket.IO side of one shard: who is in which room there, and the delivery of broadcasts.
//
// Owner: Server. Thread: its shard's, but for post().
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "net/shard.h"
#include "net/slice.h"
#include "realtime/broadcast.h"
#include "realtime/room_table.h"
#include "realtime/socket_ref.h"

namespace parlor::realtime {

class EngineShard;
class Server;
class Socket;

class ServerShard {
 public:
  ServerShard(Server& server, EngineShard& engine, net::Shard& io);

  void deliver(const BroadcastPtr& broadcast);
  // The sockets that a broadcast to these rooms would reach, and those not yet connected.
  std::vector<Socket*> select(std::uint16_t nsp, const std::vector<std::string>& rooms,
                              const std::vector<std::string>& except);

  // ---- for sockets ---------------------------------------------------------------------------
  bool join(Socket& socket, std::string_view room);
  void leave(Socket& socket, std::string_view room);
  void add(Socket& socket);     // to everybody in the namespace
  void remove(Socket& socket);  // from everything
  std::uint64_t next_serial() { return ++serials_; }

  // Null when it has gone.
  Socket* find(const SocketRef& ref);
  EngineShard& engine() const { return engine_; }
  net::Shard& io() const { return io_; }
  // Any thread. In the order of posting, behind the broadcasts posted before.
  template <class Action>
  void post(Action action) {
    ++queued_;
    io_.post([this, action = std::move(action)]() mutable {
      --queued_;
      action();
    });
  }
  // This is the shard's thread and nothing posted waits: what is done now keeps the order.
  bool may_run_now() const { return net::Shard::current() == &io_ && queued_.load() == 0; }

 private:
  template <class Action>
  void for_each_receiver(std::uint16_t nsp, const std::vector<std::string>& rooms,
                         const std::vector<std::string>& except, Action action);
  // The members of a room, and the socket whose id is its name.
  template <class Action>
  void for_each_member(std::uint16_t nsp, std::string_view room, Action action);
  Socket* find_by_id(std::uint16_t nsp, std::string_view id);
  void deliver_with_acks(const BroadcastPtr& broadcast);
  net::Slice stage(const socketio::EncodedPacket& packet);

  Server& server_;
  EngineShard& engine_;
  net::Shard& io_;
  std::vector<RoomTable> rooms_;  // of each namespace
  std::atomic<std::uint32_t> queued_{0};
  std::uint64_t stamp_ = 0;  // of the last broadcast
  std::uint64_t serials_ = 0;
};

}  // namespace parlor::realtime
