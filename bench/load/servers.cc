#include "load/servers.h"

#include <cstdio>
#include <filesystem>

namespace parlor::bench {
namespace {

// A server and the file without which it cannot run.
struct Candidate {
  std::string needs;
  Server server;
};

std::vector<Server> available(const Options& options, std::vector<Candidate> candidates) {
  std::vector<Server> result;
  for (Candidate& candidate : candidates) {
    if (!options.wants(candidate.server.name)) continue;
    if (!std::filesystem::exists(candidate.needs)) {
      std::printf("  %s left out: no %s\n", candidate.server.title.c_str(),
                  candidate.needs.c_str());
      continue;
    }
    result.push_back(std::move(candidate.server));
  }
  return result;
}

Candidate parlor(const Options& options) {
  const std::uint16_t port = free_port();
  return {options.parlor,
          {"parlor", std::string(kParlorTitle), Protocol::socketio, port,
           [program = options.parlor, port](const std::string& data) {
             return std::vector<std::string>{program,      "serve",
                                             "--listen",   "127.0.0.1:" + std::to_string(port),
                                             "--data-dir", data};
           },
           "the bot has learned"}};
}

Candidate chat(const Options& options) {
  const std::uint16_t port = free_port();
  return {options.chat,
          {"chat", std::string(kChatTitle), Protocol::socketio, port,
           [program = options.chat, port](const std::string&) {
             return std::vector<std::string>{program, "--port", std::to_string(port)};
           }}};
}

Candidate node(const Options& options) {
  const std::uint16_t port = free_port();
  const std::string folder = options.peers + "/socketio_node";
  return {folder + "/node_modules/socket.io",
          {"node", std::string(kNodeTitle), Protocol::socketio, port,
           [program = options.node, folder, port](const std::string&) {
             return std::vector<std::string>{program, folder + "/server.js", std::to_string(port)};
           }}};
}

Candidate bun(const Options& options, const std::string& name, std::string_view title,
              const std::string& file) {
  const std::uint16_t port = free_port();
  const std::string folder = options.peers + "/bun";
  const std::string program = folder + "/node_modules/.bin/bun";
  return {program,
          {name, std::string(title), Protocol::raw, port,
           [program, script = folder + "/" + file, port](const std::string& data) {
             return std::vector<std::string>{program, script, std::to_string(port), data};
           }}};
}

Candidate fastify(const Options& options) {
  const std::uint16_t port = free_port();
  const std::string folder = options.peers + "/fastify_postgres";
  const bool database = options.postgres_pid > 0;
  return {database ? folder + "/node_modules/fastify" : "running PostgreSQL",
          {"fastify", std::string(kFastifyTitle), Protocol::socketio, port,
           [program = options.node, folder, port](const std::string&) {
             return std::vector<std::string>{program, folder + "/server.js", std::to_string(port)};
           }}};
}

}  // namespace

Endpoint Server::endpoint() const {
  if (protocol == Protocol::raw) return {port, protocol, "/"};
  return {port, protocol, "/socket.io/?EIO=4&transport=websocket"};
}

std::vector<Server> fanout_servers(const Options& options) {
  return available(options,
                   {chat(options), node(options), bun(options, "bun", kBunTitle, "raw.js")});
}

std::vector<Server> idle_servers(const Options& options) {
  return available(options, {parlor(options), chat(options), node(options),
                             bun(options, "bun", kBunTitle, "raw.js")});
}

std::vector<Server> history_servers(const Options& options) {
  return available(options, {parlor(options)});
}

std::vector<Server> send_servers(const Options& options) {
  return available(options, {parlor(options), fastify(options),
                             bun(options, "bun-sqlite", kBunSqliteTitle, "sqlite.js")});
}

}  // namespace parlor::bench
