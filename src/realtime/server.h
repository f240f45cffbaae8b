// A Socket.IO server.
//
//   realtime::Server io;
//   io.use([](Socket& socket, Next next) { next(); });
//   io.on_connection([](Socket& socket) { socket.join("all"); });
//   io.on("msg", [&io](Socket&, Event& event) { io.to("all").emit("msg", event.arguments()); });
//   auto http = realtime::listen(io, {.listen = {"*:3000"}});
//
// Thread: filled before it starts, on one thread; then broadcast(), with_socket() and targets may
// be used from any. Lifetime: outlives the HttpServer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "net/byte_budget.h"
#include "net/server.h"
#include "realtime/broadcast.h"
#include "realtime/engine_server.h"
#include "realtime/metrics.h"
#include "realtime/namespace.h"
#include "realtime/options.h"
#include "realtime/server_shard.h"
#include "realtime/socket.h"
#include "realtime/target.h"

namespace parlor::realtime {

class Server {
 public:
  explicit Server(Options options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // ---- before it starts ----------------------------------------------------------------------
  Namespace& of(std::string_view name);  // made when it is new; "/" always exists
  Namespace& use(Middleware middleware) { return main().use(std::move(middleware)); }
  Namespace& on_connection(ConnectionHandler handler) {
    return main().on_connection(std::move(handler));
  }
  Namespace& on(std::string name, EventHandler handler) {
    return main().on(std::move(name), std::move(handler));
  }
  Namespace& on_any(EventHandler handler) { return main().on_any(std::move(handler)); }
  Namespace& on_disconnect(DisconnectHandler handler) {
    return main().on_disconnect(std::move(handler));
  }

  void attach(net::Router& router) { engine_.attach(router); }
  void start(net::HttpServer& http);

  // ---- from any thread -----------------------------------------------------------------------
  Target to(std::string_view room) { return main().to(room); }
  Target except(std::string_view room) { return main().except(room); }
  template <class... Values>
  void emit(std::string_view name, const Values&... values) {
    main().emit(name, values...);
  }

  // Appends one item to every shard's mailbox.
  void broadcast(const BroadcastPtr& broadcast);
  // The same for several at once: each shard delivers them in this order, with nothing between.
  void broadcast(std::vector<BroadcastPtr> batch);
  // Runs action(Socket&) on the socket's shard, behind everything posted before; not at all when
  // the socket has gone.
  template <class Action>
  void with_socket(SocketRef ref, Action action) {
    if (ref.serial == 0 || ref.place.shard >= shards_.size()) return;
    shard(ref.place.shard).post([this, ref, action = std::move(action)]() mutable {
      if (Socket* const socket = find(ref)) action(*socket);
    });
  }
  // The same, but at once when this is the socket's shard.
  template <class Action>
  void on_shard_of(SocketRef ref, Action action) {
    if (ref.serial == 0 || ref.place.shard >= shards_.size()) return;
    if (net::Shard::current() != &shard(ref.place.shard).io()) {
      return with_socket(ref, std::move(action));
    }
    if (Socket* const socket = find(ref)) action(*socket);
  }
  // Calls action on the shards, in order with broadcasts, for each socket that is in one of
  // `rooms` (all when empty) and in none of `except`, connected or joining.
  void for_each_socket_in(Namespace& nsp, std::vector<std::string> rooms,
                          std::vector<std::string> except, std::function<void(Socket&)> action);
  // Ends every connection in order; clients come back by themselves.
  void close_all() { engine_.close_all(); }

  // A middleware's answer; see Next.
  void pass(SocketRef ref, std::size_t step);
  void refuse(SocketRef ref, std::size_t step, std::string message, std::string data_json);

  // On the socket's own shard only. Null when it has gone.
  Socket* find(SocketRef ref);

  Namespace* find_namespace(std::string_view name);
  Namespace& namespace_at(socketio::NamespaceIndex index) { return *namespaces_[index]; }
  std::size_t namespace_count() const { return namespaces_.size(); }
  ServerShard& shard(std::size_t index) { return *shards_[index]; }
  std::size_t shard_count() const { return shards_.size(); }
  const Options& options() const { return options_; }
  Metrics& metrics() { return metrics_; }
  EngineMetrics& engine_metrics() { return engine_.metrics(); }
  net::ByteBudget& incomplete_packets() { return incomplete_packets_; }

 private:
  Namespace& main() { return *namespaces_.front(); }

  Options options_;
  Metrics metrics_;
  net::ByteBudget incomplete_packets_;
  std::vector<std::unique_ptr<Namespace>> namespaces_;
  // Behind the engine in destruction: its connections' listeners use the shards.
  std::vector<std::unique_ptr<ServerShard>> shards_;
  EngineServer engine_;
};

// Starts an HTTP server that serves `io` and nothing else; sizes of messages and queues are taken
// from io's options.
Result<std::unique_ptr<net::HttpServer>> listen(Server& io, net::ServerOptions options);
Result<std::unique_ptr<net::HttpServer>> listen(EngineServer& engine, net::ServerOptions options);

}  // namespace parlor::realtime
