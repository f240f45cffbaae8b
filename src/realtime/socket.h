// One client in one namespace.
//
//   handshake ──middlewares, next()──▶ connected ──▶ gone
//
// Owner: its Client. Thread: its shard's, for every member; other threads keep ref() and come back
// through Server::with_socket. A Socket& is valid until the end of the loop turn it was got in.
//
// Bounds: rooms (limit_rooms), events (limit_events), bytes held while it catches up
// (Options::maximum_held), bytes that wait to be sent (of the transport: then it is closed as a
// slow consumer).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_types.h"
#include "net/slice.h"
#include "realtime/broadcast.h"
#include "realtime/session_id.h"
#include "realtime/socket_ref.h"
#include "realtime/target.h"
#include "socketio/connection.h"
#include "socketio/rate_limit.h"

namespace parlor::net {
class WebSocket;
}

namespace parlor::realtime {

class Client;
class Namespace;
class Server;
class ServerShard;
struct Room;

class Socket {
 public:
  Socket(Client& client, Namespace& nsp, std::uint64_t serial);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  std::string_view id() const { return {id_.data(), id_.size()}; }
  SocketRef ref() const;
  Namespace& nsp() const { return nsp_; }
  Server& server() const;
  Client& client() const { return client_; }
  bool is_connected() const { return connected_; }

  // ---- who it is -----------------------------------------------------------------------------
  // The request that opened the session: headers, query, address. Null once freed, see
  // Options::keep_requests.
  const net::HttpRequest* request() const;
  // The object that came with CONNECT, as JSON text; "{}" when there was none. Until the handlers
  // of on_connection have returned.
  std::string_view auth() const { return auth_ ? std::string_view(*auth_) : "{}"; }

  // One slot for whatever the application knows about this client.
  void set_data(std::shared_ptr<void> data) { data_ = std::move(data); }
  template <class T>
  T* data() const {
    return static_cast<T*>(data_.get());
  }
  const std::shared_ptr<void>& shared_data() const { return data_; }

  // ---- to the client -------------------------------------------------------------------------
  template <class... Values>
  void emit(std::string_view name, const Values&... values) {
    emit(name, socketio::Arguments::of(values...));
  }
  void emit(std::string_view name, socketio::ArgumentsView arguments);
  void emit(std::string_view name, const socketio::Arguments& arguments) {
    emit(name, arguments.view());
  }
  // Dropped when its connection takes nothing at the moment.
  void emit_volatile(std::string_view name, socketio::ArgumentsView arguments);
  // `callback` is called once, on this shard: with the client's answer, or with why there is none.
  void emit_with_ack(socketio::Milliseconds timeout_ms, std::string_view name,
                     socketio::ArgumentsView arguments, socketio::AckCallback callback);

  // Answers an event; see Reply.
  void acknowledge(std::uint64_t ack_id, const socketio::Arguments& arguments);

  // Everybody in the namespace, or in a room, but this socket.
  Target broadcast();
  Target to(std::string_view room);

  // Leaves the namespace (the client does not come back by itself), or ends the whole connection.
  void disconnect(bool close_connection = false);
  // Ends the transport without a word, so that the client comes back by itself.
  void close_transport();

  // ---- rooms ---------------------------------------------------------------------------------
  // False when it may join no more rooms, or has gone. Allowed from the middlewares on.
  bool join(std::string_view room);
  void leave(std::string_view room);
  bool is_in(std::string_view room) const;
  std::vector<std::string> rooms() const;

  void limit_events(socketio::RateLimit limit) { events_ = socketio::RateLimiter(limit); }
  void limit_rooms(std::uint32_t maximum) { maximum_rooms_ = maximum; }

  // ---- catching up ---------------------------------------------------------------------------
  // To join a stream of events without a gap and without a double:
  //
  //   // on the shard, in a middleware or a handler
  //   socket.begin_catch_up();  socket.join("room 17");
  //   …read the state of room 17 elsewhere: it is at position S…
  //   server.with_socket(ref, [=](Socket& s) {                 // back on the shard
  //     next();  or  reply(state);                             // what was read is written first
  //     if (!s.end_catch_up([=](const Broadcast& b) { return b.stream == 17 && b.position <= S; }))
  //       s.close_transport();                                 // too much came meanwhile
  //   });
  //
  // From begin to end, broadcasts to this socket are kept in order instead of written (before
  // CONNECT they would be lost otherwise); its own emits and acks are not held. At the end those
  // that the predicate has seen are dropped and the others written. Catch-ups may overlap: nothing
  // is written before the last one ends, and each drops what is its own.
  void begin_catch_up();
  // False when more than Options::maximum_held bytes came: then everything held was dropped, and
  // the client must read again or be closed. A socket that is not connected yet loses what was
  // held: call next() first.
  bool end_catch_up(const std::function<bool(const Broadcast&)>& already_seen = nullptr);
  bool is_catching_up() const { return held_ != nullptr; }

 private:
  friend class Client;
  friend class RoomTable;
  friend class ServerShard;

  struct Seat {
    Room* room;
    std::uint32_t index;  // in room->members
  };
  struct Held {
    std::vector<BroadcastPtr> broadcasts;
    std::size_t bytes = 0;
    std::uint32_t depth = 1;
    bool overflowed = false;
  };

  // Broadcasts that cannot be written straight to the WebSocket come here.
  void deliver_slowly(const BroadcastPtr& broadcast);
  void hold(const BroadcastPtr& broadcast);
  void update_direct();

  // Of the broadcast loop, together: a receiver costs one line of memory of its socket.
  std::uint64_t stamp_ = 0;           // of the last broadcast that has seen this socket
  net::WebSocket* direct_ = nullptr;  // set when a frame may be sent straight to it

  Client& client_;
  Namespace& nsp_;
  std::vector<Seat> seats_;
  std::shared_ptr<void> data_;
  std::unique_ptr<Held> held_;
  std::unique_ptr<std::string> auth_;
  std::uint64_t serial_;
  socketio::RateLimiter events_;
  std::uint32_t maximum_rooms_;
  std::array<char, kSocketIdSize> id_;
  std::uint8_t step_ = 0;  // the middleware whose answer is awaited
  bool connected_ = false;
  bool gone_ = false;
};

}  // namespace parlor::realtime
