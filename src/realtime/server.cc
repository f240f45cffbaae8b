#include "realtime/server.h"

#include <algorithm>
#include <utility>

#include "realtime/client.h"
#include "realtime/engine_shard.h"

namespace parlor::realtime {

Server::Server(Options options)
    : options_(std::move(options)),
      incomplete_packets_(options_.incomplete_budget),
      engine_(options_.engine, [this](EngineConnection& connection) {
        return std::make_unique<Client>(*this, connection);
      }) {
  of("/");
}

Server::~Server() = default;

Namespace& Server::of(std::string_view name) {
  if (auto* const known = find_namespace(name)) return *known;
  const auto index = static_cast<socketio::NamespaceIndex>(namespaces_.size());
  namespaces_.push_back(std::make_unique<Namespace>(*this, std::string(name), index));
  return *namespaces_.back();
}

Namespace* Server::find_namespace(std::string_view name) {
  const auto at = std::ranges::find_if(
      namespaces_, [name](const auto& nsp) { return std::string_view(nsp->name()) == name; });
  return at == namespaces_.end() ? nullptr : at->get();
}

void Server::start(net::HttpServer& http) {
  engine_.start(http);
  for (std::size_t i = 0; i < http.shard_count(); ++i) {
    shards_.push_back(std::make_unique<ServerShard>(*this, engine_.shard(i), http.shard(i)));
  }
}

void Server::broadcast(const BroadcastPtr& broadcast) {
  ++metrics_.broadcasts;
  for (const auto& shard : shards_) {
    if (shard->may_run_now()) {
      shard->deliver(broadcast);
    } else {
      shard->post([&shard = *shard, broadcast] { shard.deliver(broadcast); });
    }
  }
}

void Server::broadcast(std::vector<BroadcastPtr> batch) {
  metrics_.broadcasts += batch.size();
  const auto shared = std::make_shared<const std::vector<BroadcastPtr>>(std::move(batch));
  for (const auto& shard : shards_) {
    shard->post([&shard = *shard, shared] {
      for (const auto& broadcast : *shared) shard.deliver(broadcast);
    });
  }
}

void Server::for_each_socket_in(Namespace& nsp, std::vector<std::string> rooms,
                                std::vector<std::string> except,
                                std::function<void(Socket&)> action) {
  struct Job {
    socketio::NamespaceIndex nsp;
    std::vector<std::string> rooms;
    std::vector<std::string> except;
    std::function<void(Socket&)> action;
  };
  const auto job = std::make_shared<const Job>(
      Job{nsp.index(), std::move(rooms), std::move(except), std::move(action)});
  for (const auto& shard : shards_) {
    shard->post([&shard = *shard, job] {
      for (Socket* const socket : shard.select(job->nsp, job->rooms, job->except)) {
        job->action(*socket);
      }
    });
  }
}

Socket* Server::find(SocketRef ref) {
  if (ref.serial == 0 || ref.place.shard >= shards_.size()) return nullptr;
  return shards_[ref.place.shard]->find(ref);
}

void Server::pass(SocketRef ref, std::size_t step) {
  on_shard_of(ref, [step](Socket& socket) { socket.client().pass(socket, step); });
}

void Server::refuse(SocketRef ref, std::size_t step, std::string message, std::string data_json) {
  on_shard_of(ref, [step, message = std::move(message), data = std::move(data_json)](
                       Socket& socket) { socket.client().refuse(socket, step, message, data); });
}

// ---- listening ---------------------------------------------------------------------------------

namespace {

template <class AnyServer>
Result<std::unique_ptr<net::HttpServer>> listen_with(AnyServer& server,
                                                     const EngineServerOptions& engine,
                                                     net::ServerOptions options) {
  options.max_message_bytes = engine.engine.maximum_payload;
  options.max_outgoing_bytes = engine.engine.maximum_buffered;
  net::Router router;
  server.attach(router);
  return net::HttpServer::start(std::move(options), std::move(router),
                                [&server](net::HttpServer& http) { server.start(http); });
}

}  // namespace

Result<std::unique_ptr<net::HttpServer>> listen(Server& io, net::ServerOptions options) {
  return listen_with(io, io.options().engine, std::move(options));
}

Result<std::unique_ptr<net::HttpServer>> listen(EngineServer& engine, net::ServerOptions options) {
  return listen_with(engine, engine.options(), std::move(options));
}

}  // namespace parlor::realtime
