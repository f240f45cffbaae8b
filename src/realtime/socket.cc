#include "realtime/socket.h"

#include <algorithm>
#include <utility>

#include "realtime/client.h"
#include "realtime/server.h"

namespace parlor::realtime {

Socket::Socket(Client& client, Namespace& nsp, std::uint64_t serial)
    : client_(client),
      nsp_(nsp),
      serial_(serial),
      events_(client.server().options().events),
      maximum_rooms_(client.server().options().maximum_rooms) {
  const auto id = make_id(client.engine().place(), kSocketIdSize);
  std::ranges::copy(id, id_.begin());
}

Socket::~Socket() = default;

SocketRef Socket::ref() const { return {client_.engine().place(), nsp_.index(), serial_}; }

Server& Socket::server() const { return client_.server(); }

const net::HttpRequest* Socket::request() const { return client_.engine().request(); }

// ---- to the client -----------------------------------------------------------------------------

void Socket::emit(std::string_view name, socketio::ArgumentsView arguments) {
  if (connected_) client_.send(socketio::encode_event(nsp_.name(), name, arguments));
}

void Socket::emit_volatile(std::string_view name, socketio::ArgumentsView arguments) {
  if (client_.engine().is_writable()) emit(name, arguments);
}

void Socket::emit_with_ack(socketio::Milliseconds timeout_ms, std::string_view name,
                           socketio::ArgumentsView arguments, socketio::AckCallback callback) {
  const auto ack_id = nsp_.next_ack_id();
  client_.send_with_ack(*this, ack_id, encode_event(nsp_.name(), name, arguments, ack_id),
                        client_.shard().io().now_ms() + timeout_ms, std::move(callback));
}

void Socket::acknowledge(std::uint64_t ack_id, const socketio::Arguments& arguments) {
  client_.ack(*this, ack_id, arguments);
}

Target Socket::broadcast() { return nsp_.except(id()); }

Target Socket::to(std::string_view room) { return std::move(nsp_.to(room).except(id())); }

void Socket::disconnect(bool close_connection) {
  if (close_connection) return client_.engine().close(socketio::CloseReason::server_close);
  client_.disconnect(*this);
}

void Socket::close_transport() { client_.engine().close(socketio::CloseReason::server_close); }

// ---- rooms -------------------------------------------------------------------------------------

bool Socket::join(std::string_view room) {
  if (gone_) return false;  // nobody would take it out again
  if (room == kEverybody || room == id()) return true;
  const std::size_t own = connected_ ? 1 : 0;  // everybody's
  if (maximum_rooms_ > 0 && seats_.size() - own >= maximum_rooms_ && !is_in(room)) return false;
  client_.shard().join(*this, room);
  return true;
}

void Socket::leave(std::string_view room) {
  if (room != kEverybody) client_.shard().leave(*this, room);
}

bool Socket::is_in(std::string_view room) const {
  if (room == id()) return true;
  return std::ranges::any_of(seats_, [&](const Seat& seat) { return seat.room->name == room; });
}

std::vector<std::string> Socket::rooms() const {
  std::vector<std::string> names{std::string(id())};
  for (const auto& seat : seats_) {
    if (seat.room->name != kEverybody) names.emplace_back(seat.room->name);
  }
  return names;
}

// ---- broadcasts --------------------------------------------------------------------------------

void Socket::update_direct() {
  direct_ = connected_ && !held_ ? client_.engine().direct() : nullptr;
}

void Socket::deliver_slowly(const BroadcastPtr& broadcast) {
  if (held_) return hold(broadcast);
  if (!connected_) return;
  if (broadcast->is_volatile && !client_.engine().is_writable()) return;
  client_.send(broadcast->packet);
}

void Socket::hold(const BroadcastPtr& broadcast) {
  if (held_->overflowed || broadcast->is_volatile) return;
  held_->bytes += broadcast->packet.size();
  held_->broadcasts.push_back(broadcast);
  if (held_->bytes <= server().options().maximum_held) return;
  held_->overflowed = true;
  std::vector<BroadcastPtr>().swap(held_->broadcasts);
  ++server().metrics().held_overflows;
}

void Socket::begin_catch_up() {
  if (held_) {
    ++held_->depth;
  } else {
    held_ = std::make_unique<Held>();
    update_direct();
  }
}

bool Socket::end_catch_up(const std::function<bool(const Broadcast&)>& already_seen) {
  if (!held_) return true;
  if (already_seen) {
    std::erase_if(held_->broadcasts, [&](const BroadcastPtr& broadcast) {
      if (!already_seen(*broadcast)) return false;
      held_->bytes -= broadcast->packet.size();
      return true;
    });
  }
  const bool complete = !held_->overflowed;
  if (--held_->depth > 0) return complete;
  const auto held = std::move(held_);
  update_direct();
  if (!connected_) return complete;
  for (const auto& broadcast : held->broadcasts) client_.send(broadcast->packet);
  return complete;
}

}  // namespace parlor::realtime
