#include "realtime/client.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/log.h"
#include "realtime/server.h"

namespace parlor::realtime {

using socketio::CloseReason;
using socketio::NamespaceIndex;

namespace {

// An exception of a handler is a bug of the application: it ends this client and nobody else.
template <class Call>
bool guarded(EngineConnection& engine, const char* what, Call call) {
  try {
    call();
    return true;
  } catch (const std::exception& error) {
    log::error("{} failed: {}", what, error.what());
    engine.abort_later(CloseReason::server_close);
    return false;
  }
}

}  // namespace

Client::Client(Server& server, EngineConnection& engine)
    : server_(server),
      engine_(engine),
      shard_(server.shard(engine.place().shard)),
      connection_(*this, shard_.io().now_ms() + server.options().connect_timeout_ms) {}

Client::~Client() = default;

Socket* Client::find(NamespaceIndex nsp) const {
  for (const auto& socket : sockets_) {
    if (socket->nsp().index() == nsp) return socket.get();
  }
  return nullptr;
}

std::unique_ptr<Socket> Client::take(Socket& socket) {
  const auto at = std::ranges::find(sockets_, &socket, &std::unique_ptr<Socket>::get);
  auto taken = std::move(*at);
  taken->gone_ = true;
  sockets_.erase(at);
  return taken;
}

// ---- joining -----------------------------------------------------------------------------------

std::optional<NamespaceIndex> Client::find_namespace(std::string_view name) {
  const auto* const nsp = server_.find_namespace(name);
  if (!nsp) return std::nullopt;
  return nsp->index();
}

std::string_view Client::namespace_name(NamespaceIndex nsp) {
  return server_.namespace_at(nsp).name();
}

void Client::on_connect(NamespaceIndex nsp, std::string_view auth_json) {
  sockets_.push_back(
      std::make_unique<Socket>(*this, server_.namespace_at(nsp), shard_.next_serial()));
  Socket& socket = *sockets_.back();
  if (!auth_json.empty()) socket.auth_ = std::make_unique<std::string>(auth_json);
  run_middlewares(socket);
}

void Client::run_middlewares(Socket& socket) {
  const auto& middlewares = socket.nsp().middlewares_;
  if (socket.step_ == middlewares.size()) return connect(socket);
  guarded(engine_, "a middleware",
          [&] { middlewares[socket.step_](socket, Next(server_, socket.ref(), socket.step_)); });
}

void Client::pass(Socket& socket, std::size_t step) {
  if (socket.connected_ || socket.step_ != step) return;
  ++socket.step_;
  run_middlewares(socket);
}

void Client::refuse(Socket& socket, std::size_t step, std::string_view message,
                    std::string_view data_json) {
  if (socket.connected_ || socket.step_ != step) return;
  ++server_.metrics().refused;
  const auto nsp = socket.nsp().index();
  shard_.remove(socket);
  shard_.io().at_end_of_turn([gone = take(socket)] {});
  connection_.refuse(nsp, message, data_json);
}

void Client::connect(Socket& socket) {
  if (!connection_.accept(socket.nsp().index(), socket.id())) return;
  socket.connected_ = true;
  ++server_.metrics().sockets;
  shard_.add(socket);
  socket.update_direct();
  for (const auto& handler : socket.nsp().connection_handlers_) {
    if (!socket.connected_) return;
    guarded(engine_, "a connection handler", [&] { handler(socket); });
  }
  socket.auth_.reset();
  if (!server_.options().keep_requests && server_.namespace_count() == 1) engine_.free_request();
}

// ---- from the client ---------------------------------------------------------------------------

void Client::on_text(std::string_view text) { connection_.on_text(text, shard_.io().now_ms()); }

void Client::on_binary(std::string_view bytes) {
  connection_.on_binary(bytes, shard_.io().now_ms());
}

bool Client::hold(std::size_t bytes) { return server_.incomplete_packets().take(bytes); }

void Client::release(std::size_t bytes) { server_.incomplete_packets().give_back(bytes); }

void Client::on_event(NamespaceIndex nsp, const socketio::IncomingEvent& event) {
  ++server_.metrics().packets_in;
  Socket* const socket = find(nsp);
  if (!socket) return;
  if (!socket->events_.take(shard_.io().now_ms())) {
    ++server_.metrics().rate_limited;
    return engine_.close(CloseReason::rate_limited);
  }
  const auto& handlers = socket->nsp().event_handlers_;
  const auto at = handlers.find(event.name);
  const auto& handler = at != handlers.end() ? at->second : socket->nsp().any_handler_;
  if (!handler) return;
  Event seen(server_, socket->ref(), event.name, event.arguments, event.ack_id);
  guarded(engine_, "an event handler", [&] { handler(*socket, seen); });
}

void Client::on_disconnect(NamespaceIndex nsp, CloseReason reason) {
  Socket* const socket = find(nsp);
  if (!socket) return;
  const bool was_connected = std::exchange(socket->connected_, false);
  socket->direct_ = nullptr;
  socket->held_.reset();
  shard_.remove(*socket);
  auto gone = take(*socket);
  if (was_connected) {
    --server_.metrics().sockets;
    for (const auto& handler : gone->nsp().disconnect_handlers_) {
      guarded(engine_, "a disconnect handler", [&] { handler(*gone, reason); });
    }
  }
  shard_.io().at_end_of_turn([gone = std::move(gone)] {});
}

void Client::on_upgraded() {
  for (const auto& socket : sockets_) socket->update_direct();
}

// ---- to the client -----------------------------------------------------------------------------

void Client::send(const socketio::MessagePtr& message) { engine_.send(message); }

void Client::send(const socketio::EncodedPacket& packet) {
  ++server_.metrics().packets_out;
  connection_.send(packet);
}

void Client::send_with_ack(Socket& socket, std::uint64_t ack_id,
                           const socketio::EncodedPacket& packet, socketio::Milliseconds deadline,
                           socketio::AckCallback callback) {
  if (!connection_.expect_ack(socket.nsp().index(), ack_id, deadline, std::move(callback))) return;
  send(packet);
  engine_.deadline_changed();
}

void Client::ack(Socket& socket, std::uint64_t ack_id, socketio::ArgumentsView arguments) {
  ++server_.metrics().packets_out;
  connection_.ack(socket.nsp().index(), ack_id, arguments);
}

void Client::disconnect(Socket& socket) { connection_.disconnect(socket.nsp().index()); }

}  // namespace parlor::realtime
