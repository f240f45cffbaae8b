#include "realtime/namespace.h"

#include <utility>

#include "realtime/client.h"
#include "realtime/server.h"

namespace parlor::realtime {

Namespace& Namespace::use(Middleware middleware) {
  middlewares_.push_back(std::move(middleware));
  return *this;
}

Namespace& Namespace::on_connection(ConnectionHandler handler) {
  connection_handlers_.push_back(std::move(handler));
  return *this;
}

Namespace& Namespace::on(std::string name, EventHandler handler) {
  event_handlers_.insert_or_assign(std::move(name), std::move(handler));
  return *this;
}

Namespace& Namespace::on_any(EventHandler handler) {
  any_handler_ = std::move(handler);
  return *this;
}

Namespace& Namespace::on_disconnect(DisconnectHandler handler) {
  disconnect_handlers_.push_back(std::move(handler));
  return *this;
}

void Next::operator()() const { server_->pass(socket_, step_); }

void Next::refuse(std::string message, std::string data_json) const {
  server_->refuse(socket_, step_, std::move(message), std::move(data_json));
}

void Reply::operator()(Arguments arguments) {
  const auto ack_id = std::exchange(ack_id_, std::nullopt);
  if (!ack_id) return;
  server_->on_shard_of(socket_, [ack_id, arguments = std::move(arguments)](Socket& socket) {
    socket.acknowledge(*ack_id, arguments);
  });
}

}  // namespace parlor::realtime
