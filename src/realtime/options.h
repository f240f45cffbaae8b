// What a realtime server can be told, with the reference server's defaults.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "net/http_types.h"
#include "socketio/engine_session.h"
#include "socketio/handshake.h"
#include "socketio/rate_limit.h"

namespace parlor::realtime {

using socketio::Milliseconds;

struct EngineServerOptions {
  std::string path = "/engine.io/";
  socketio::EngineOptions engine;  // heartbeat, payload and buffer sizes
  socketio::AllowedTransports transports;

  // Who may call from a browser: origins ("https://shop.example"), or "*". Empty: same origin only.
  std::vector<std::string> cors_origins;
  bool cors_credentials = false;
  // Whether a new session may open; false answers 403 (code 4). Called on any shard.
  std::function<bool(const net::HttpRequest&)> allow_request;

  std::size_t maximum_sessions = 100'000;     // beyond: 503
  std::size_t buffered_budget = 64ULL << 20;  // bytes that wait for polls, all sessions
  std::size_t compression_threshold = 1'024;  // gzip of poll answers from this size on
};

struct Options {
  Options() { engine.path = "/socket.io/"; }

  EngineServerOptions engine;

  Milliseconds connect_timeout_ms = 45'000;  // to join a first namespace
  // Of one socket, until the application sets others for it (Socket::limit_events, limit_rooms).
  socketio::RateLimit events;            // none
  std::uint32_t maximum_rooms = 0;       // 0: no limit
  std::size_t maximum_held = 1'048'576;  // bytes kept for a socket that catches up; beyond: resync
  // Bytes of packets whose attachments are still to come, all sockets; beyond: the socket is
  // closed.
  std::size_t incomplete_budget = 64ULL << 20;
  // The request that opened a session is freed when its first socket has connected and the server
  // has only one namespace. True keeps it, at one or two KiB a session.
  bool keep_requests = false;
};

}  // namespace parlor::realtime
