#include "realtime/engine_server.h"

#include <utility>

#include "realtime/engine_connection.h"
#include "realtime/engine_http.h"
#include "realtime/engine_shard.h"

namespace parlor::realtime {

EngineServer::EngineServer(EngineServerOptions options, ListenerFactory make_listener)
    : options_(std::move(options)), make_listener_(std::move(make_listener)) {
  if (!options_.transports.websocket) options_.engine.allow_upgrade = false;
}

EngineServer::~EngineServer() = default;

void EngineServer::attach(net::Router& router) {
  const EngineHttp http(*this);
  net::RouteOptions route;
  route.max_body_bytes = options_.engine.maximum_payload;
  route.on_head = [http](const net::HttpRequest& head) { return http.on_head(head); };
  router.mount(
      options_.path,
      [http](net::HttpRequest request, net::Responder respond) {
        http.handle(std::move(request), std::move(respond));
      },
      std::move(route));
  router.upgrade(options_.path,
                 [http](net::UpgradeRequest upgrade) { http.handle_upgrade(std::move(upgrade)); });
}

void EngineServer::start(net::HttpServer& http) {
  for (std::size_t i = 0; i < http.shard_count(); ++i) {
    shards_.push_back(std::make_unique<EngineShard>(*this, http.shard(i)));
  }
}

void EngineServer::relieve() {
  std::size_t nobody = 0;
  if (!relieving_.compare_exchange_strong(nobody, shards_.size())) return;
  for (const auto& shard : shards_) {
    shard->post([this, &shard = *shard] {
      --relieving_;
      shard.relieve();
    });
  }
}

void EngineServer::close_all() {
  for (const auto& shard : shards_) {
    shard->post(
        [&shard = *shard] { shard.close_all(socketio::CloseReason::server_shutting_down); });
  }
}

}  // namespace parlor::realtime
