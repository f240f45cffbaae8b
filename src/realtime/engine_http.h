// The HTTP and WebSocket requests of one Engine.IO server: checks them, finds their session's
// shard, answers errors and preflights.
//
// Thread: any shard; holds nothing but references.
#pragma once

#include <string>

#include "net/http_types.h"
#include "net/upgrade.h"
#include "realtime/engine_connection.h"
#include "realtime/engine_server.h"

namespace parlor::realtime {

class EngineHttp {
 public:
  explicit EngineHttp(EngineServer& server) : server_(server) {}

  void handle(net::HttpRequest request, net::Responder respond) const;
  // The head of a request has come; what it returns stays with the request.
  std::shared_ptr<void> on_head(const net::HttpRequest& head) const;
  void handle_upgrade(net::UpgradeRequest upgrade) const;

 private:
  void open_session(net::HttpRequest request, EngineConnection::Poll poll) const;
  void relay(std::string sid, net::HttpRequest request, EngineConnection::Poll poll) const;
  net::HttpResponse preflight(const net::HttpRequest& request) const;
  net::Headers cors_headers(const net::HttpRequest& request) const;

  EngineServer& server_;
};

}  // namespace parlor::realtime
