// The servers that are compared: how each is started and spoken to.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "load/options.h"
#include "load/websocket_client.h"

namespace parlor::bench {

inline constexpr std::string_view kChatTitle = "Parlor, examples/chat";
inline constexpr std::string_view kParlorTitle = "Parlor";
inline constexpr std::string_view kNodeTitle = "Socket.IO on Node.js";
inline constexpr std::string_view kBunTitle = "Bun, raw WebSockets";
inline constexpr std::string_view kFastifyTitle = "Fastify + Socket.IO + PostgreSQL";
inline constexpr std::string_view kBunSqliteTitle = "Bun + bun:sqlite";

struct Server {
  std::string name;  // as --only takes it
  std::string title;
  Protocol protocol = Protocol::socketio;
  std::uint16_t port = 0;  // free a moment ago
  std::function<std::vector<std::string>(const std::string& data)> command;
  std::string ready = {};  // what its output says when it has prepared all; empty: when it accepts

  Endpoint endpoint() const;
};

// Those of a benchmark that options ask for and whose program is there; says which are left out.
std::vector<Server> fanout_servers(const Options& options);   // chat, node, bun
std::vector<Server> idle_servers(const Options& options);     // parlor, chat, node, bun
std::vector<Server> send_servers(const Options& options);     // parlor, fastify, bun-sqlite
std::vector<Server> history_servers(const Options& options);  // parlor

}  // namespace parlor::bench
