// A namespace: its middlewares and its handlers, the same for all its sockets.
//
// Filled before the server starts, constant from then on. Handlers run on the socket's shard, on
// several shards at once for different sockets, and must not block.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "realtime/event.h"
#include "realtime/target.h"
#include "socketio/close_reason.h"
#include "socketio/connection.h"

namespace parlor::realtime {

class Server;
class Socket;

// The answer of a middleware, to be given once, from any thread. Called: the next middleware runs,
// or the client is connected. Neither answered nor kept: the connect time-out ends the connection.
class Next {
 public:
  Next(Server& server, SocketRef socket, std::size_t step)
      : server_(&server), socket_(socket), step_(step) {}

  void operator()() const;
  // CONNECT_ERROR {message, data?}; `data_json` is JSON, or empty.
  void refuse(std::string message, std::string data_json = {}) const;

 private:
  Server* server_;
  SocketRef socket_;
  std::size_t step_;
};

using Middleware = std::function<void(Socket&, Next)>;
using ConnectionHandler = std::function<void(Socket&)>;
using EventHandler = std::function<void(Socket&, Event&)>;
// The socket has left its rooms already, and emits nothing more.
using DisconnectHandler = std::function<void(Socket&, socketio::CloseReason)>;

class Namespace {
 public:
  Namespace(Server& server, std::string name, socketio::NamespaceIndex index)
      : server_(server), name_(std::move(name)), index_(index) {}
  Namespace(const Namespace&) = delete;
  Namespace& operator=(const Namespace&) = delete;

  Namespace& use(Middleware middleware);
  Namespace& on_connection(ConnectionHandler handler);
  Namespace& on(std::string name, EventHandler handler);
  // Events that have no handler of their own.
  Namespace& on_any(EventHandler handler);
  // For sockets that had connected.
  Namespace& on_disconnect(DisconnectHandler handler);

  Target to(std::string_view room) { return std::move(Target(*this).to(room)); }
  Target except(std::string_view room) { return std::move(Target(*this).except(room)); }
  template <class... Values>
  void emit(std::string_view name, const Values&... values) {
    Target(*this).emit(name, values...);
  }

  const std::string& name() const { return name_; }
  socketio::NamespaceIndex index() const { return index_; }
  Server& server() const { return server_; }
  std::uint64_t next_ack_id() { return ack_ids_++; }

 private:
  friend class Client;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  Server& server_;
  const std::string name_;
  const socketio::NamespaceIndex index_;
  std::atomic<std::uint64_t> ack_ids_{0};
  std::vector<Middleware> middlewares_;
  std::vector<ConnectionHandler> connection_handlers_;
  std::vector<DisconnectHandler> disconnect_handlers_;
  std::unordered_map<std::string, EventHandler, Hash, std::equal_to<>> event_handlers_;
  EventHandler any_handler_;
};

}  // namespace parlor::realtime
