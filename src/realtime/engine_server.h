// Engine.IO over net: opens, finds and ends sessions; HTTP and WebSocket requests in, sessions'
// calls out. Socket.IO's server (server.h) is its main user; alone it is the smallest message
// server.
//
// Thread: constructed and attached before the HTTP server starts; a session lives on the shard that
// opened it. Requests that land on another shard are relayed, connections to be upgraded move.
// Lifetime: outlives the HttpServer.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "net/router.h"
#include "net/server.h"
#include "realtime/metrics.h"
#include "realtime/options.h"
#include "socketio/close_reason.h"
#include "socketio/time.h"

namespace parlor::realtime {

class EngineConnection;
class EngineShard;

// What lives on top of one session: it is destroyed with it, on the session's shard.
class EngineListener {
 public:
  virtual ~EngineListener() = default;
  virtual void on_text(std::string_view text) = 0;
  virtual void on_binary(std::string_view bytes) = 0;
  // Once. The listener is destroyed at the end of this turn or later.
  virtual void on_closed(socketio::CloseReason reason) = 0;
  // The session has a WebSocket now.
  virtual void on_upgraded() {}
  virtual socketio::Milliseconds deadline() const { return socketio::kNever; }
  virtual void on_time(socketio::Milliseconds /*now*/) {}
};

class EngineServer {
 public:
  // Called on the session's shard; must not return null.
  using ListenerFactory = std::function<std::unique_ptr<EngineListener>(EngineConnection&)>;

  EngineServer(EngineServerOptions options, ListenerFactory make_listener);
  ~EngineServer();
  EngineServer(const EngineServer&) = delete;
  EngineServer& operator=(const EngineServer&) = delete;

  // Adds this server's path to the router.
  void attach(net::Router& router);
  // To be called in HttpServer::start's `prepare`.
  void start(net::HttpServer& http);
  // Closes every session in order; from any thread. Pending polls are answered.
  void close_all();

  // Too much waits for polls: lets every shard see to it, from any thread.
  void relieve();

  std::size_t shard_count() const { return shards_.size(); }
  EngineShard& shard(std::size_t index) { return *shards_[index]; }
  const EngineServerOptions& options() const { return options_; }
  EngineMetrics& metrics() { return metrics_; }
  std::unique_ptr<EngineListener> make_listener(EngineConnection& connection) {
    return make_listener_(connection);
  }

 private:
  friend class EngineHttp;

  EngineServerOptions options_;
  ListenerFactory make_listener_;
  EngineMetrics metrics_;
  std::vector<std::unique_ptr<EngineShard>> shards_;
  std::atomic<std::size_t> relieving_{0};  // shards that have been told and have not looked yet
};

}  // namespace parlor::realtime
