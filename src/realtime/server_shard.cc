#include "realtime/server_shard.h"

#include "net/websocket.h"
#include "realtime/ack_collector.h"
#include "realtime/client.h"
#include "realtime/engine_shard.h"
#include "realtime/server.h"
#include "realtime/socket.h"

namespace parlor::realtime {

ServerShard::ServerShard(Server& server, EngineShard& engine, net::Shard& io)
    : server_(server), engine_(engine), io_(io), rooms_(server.namespace_count()) {}

// ---- delivery ----------------------------------------------------------------------------------

Socket* ServerShard::find_by_id(std::uint16_t nsp, std::string_view id) {
  const auto place = place_of(id, kSocketIdSize);
  if (!place || place->shard != io_.index()) return nullptr;
  auto* const connection = engine_.at(place->slot);
  auto* const socket = connection ? client_of(*connection).find(nsp) : nullptr;
  return socket && socket->id() == id ? socket : nullptr;
}

template <class Action>
void ServerShard::for_each_member(std::uint16_t nsp, std::string_view room, Action action) {
  if (Room* const found = rooms_[nsp].find(room)) {
    for (Socket* const socket : found->members) action(*socket);
  }
  // It never takes a seat in its own room, so it is not among them.
  if (Socket* const owner = find_by_id(nsp, room)) action(*owner);
}

template <class Action>
void ServerShard::for_each_receiver(std::uint16_t nsp, const std::vector<std::string>& rooms,
                                    const std::vector<std::string>& except, Action action) {
  if (rooms.size() <= 1 && except.empty()) {
    return for_each_member(nsp, rooms.empty() ? kEverybody : rooms.front(), action);
  }
  ++stamp_;
  for (const auto& room : except) {
    for_each_member(nsp, room, [this](Socket& socket) { socket.stamp_ = stamp_; });
  }
  const auto once = [&](Socket& socket) {
    if (std::exchange(socket.stamp_, stamp_) != stamp_) action(socket);
  };
  if (rooms.empty()) for_each_member(nsp, kEverybody, once);
  for (const auto& room : rooms) for_each_member(nsp, room, once);
}

void ServerShard::deliver(const BroadcastPtr& broadcast) {
  if (broadcast->acks) return deliver_with_acks(broadcast);
  net::Slice frames;
  std::uint64_t receivers = 0;
  const auto send = [&](Socket& socket) {
    if (!broadcast->within.empty() && !socket.is_in(broadcast->within)) return;
    if (!socket.direct_) return socket.deliver_slowly(broadcast);
    if (broadcast->is_volatile && socket.direct_->is_congested()) return;
    if (frames.empty()) frames = stage(broadcast->packet);
    socket.direct_->send(frames);
    ++receivers;
  };
  for_each_receiver(broadcast->nsp->index(), broadcast->rooms, broadcast->except, send);
  server_.metrics().packets_out += receivers;
}

net::Slice ServerShard::stage(const socketio::EncodedPacket& packet) {
  if (packet.attachments.empty()) return io_.frame(net::Opcode::text, packet.text->bytes());
  std::string frames;
  net::append_frame(frames, net::Opcode::text, packet.text->bytes());
  for (const auto& attachment : packet.attachments) {
    net::append_frame(frames, net::Opcode::binary, attachment->bytes());
  }
  return io_.stage(frames);
}

void ServerShard::deliver_with_acks(const BroadcastPtr& broadcast) {
  const auto& collector = broadcast->acks;
  const auto deadline = io_.now_ms() + collector->timeout_ms();
  const auto nsp = broadcast->nsp->index();
  // A list first: the answers' callbacks may change the rooms.
  for (Socket* const socket : select(nsp, broadcast->rooms, broadcast->except)) {
    if (!socket->is_connected() || socket->is_catching_up()) continue;
    collector->expect();
    socket->client_.send_with_ack(*socket, broadcast->ack_id, broadcast->packet, deadline,
                                  [collector](const Result<socketio::ArgumentsView>& answer) {
                                    collector->answered(answer);
                                  });
  }
  collector->shard_done();
}

std::vector<Socket*> ServerShard::select(std::uint16_t nsp, const std::vector<std::string>& rooms,
                                         const std::vector<std::string>& except) {
  std::vector<Socket*> sockets;
  for_each_receiver(nsp, rooms, except, [&](Socket& socket) { sockets.push_back(&socket); });
  return sockets;
}

// ---- membership --------------------------------------------------------------------------------

bool ServerShard::join(Socket& socket, std::string_view room) {
  return rooms_[socket.nsp().index()].join(socket, room);
}

void ServerShard::leave(Socket& socket, std::string_view room) {
  rooms_[socket.nsp().index()].leave(socket, room);
}

void ServerShard::add(Socket& socket) { join(socket, kEverybody); }

void ServerShard::remove(Socket& socket) { rooms_[socket.nsp().index()].leave_all(socket); }

Socket* ServerShard::find(const SocketRef& ref) {
  auto* const connection = engine_.at(ref.place.slot);
  auto* const socket = connection ? client_of(*connection).find(ref.nsp) : nullptr;
  return socket && socket->ref() == ref ? socket : nullptr;
}

}  // namespace parlor::realtime
