#include "realtime/target.h"

#include <utility>

#include "realtime/ack_collector.h"
#include "realtime/namespace.h"
#include "realtime/server.h"
#include "realtime/socket.h"

namespace parlor::realtime {

Target& Target::to(std::string_view room) {
  rooms_.emplace_back(room);
  return *this;
}

Target& Target::except(std::string_view room) {
  except_.emplace_back(room);
  return *this;
}

Target& Target::within(std::string_view room) {
  within_ = room;
  return *this;
}

Target& Target::volatile_() {
  is_volatile_ = true;
  return *this;
}

void Target::emit(std::string_view name, socketio::ArgumentsView arguments) {
  auto broadcast = std::make_shared<Broadcast>();
  broadcast->nsp = &nsp_;
  broadcast->rooms = rooms_;
  broadcast->except = except_;
  broadcast->within = within_;
  broadcast->is_volatile = is_volatile_;
  broadcast->packet = socketio::encode_event(nsp_.name(), name, arguments);
  nsp_.server().broadcast(std::move(broadcast));
}

void Target::emit_with_ack(socketio::Milliseconds timeout_ms, std::string_view name,
                           socketio::ArgumentsView arguments,
                           std::function<void(BroadcastAcks)> callback) {
  auto broadcast = std::make_shared<Broadcast>();
  broadcast->nsp = &nsp_;
  broadcast->rooms = rooms_;
  broadcast->except = except_;
  broadcast->ack_id = nsp_.next_ack_id();
  broadcast->acks =
      std::make_shared<AckCollector>(nsp_.server().shard_count(), timeout_ms, std::move(callback));
  broadcast->packet = socketio::encode_event(nsp_.name(), name, arguments, broadcast->ack_id);
  nsp_.server().broadcast(std::move(broadcast));
}

void Target::for_each_socket(std::function<void(Socket&)> action) {
  nsp_.server().for_each_socket_in(nsp_, rooms_, except_, std::move(action));
}

void Target::join(std::string_view room) {
  for_each_socket([room = std::string(room)](Socket& socket) { socket.join(room); });
}

void Target::leave(std::string_view room) {
  for_each_socket([room = std::string(room)](Socket& socket) { socket.leave(room); });
}

void Target::disconnect_sockets(bool close_connection) {
  for_each_socket([close_connection](Socket& socket) { socket.disconnect(close_connection); });
}

}  // namespace parlor::realtime
