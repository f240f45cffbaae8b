#include "realtime/engine_shard.h"

#include "base/digest.h"

namespace parlor::realtime {

EngineShard::EngineShard(EngineServer& server, net::Shard& io) : server_(server), io_(io) {}

EngineShard::~EngineShard() = default;

EngineConnection* EngineShard::open(net::HttpRequest request) {
  auto& sessions = server_.metrics().sessions;
  if (sessions.load() >= static_cast<std::int64_t>(server_.options().maximum_sessions)) {
    return nullptr;
  }
  std::uint32_t slot = 0;
  if (!free_slots_.empty()) {
    slot = free_slots_.back();
    free_slots_.pop_back();
  } else {
    if (slots_.size() >= kMaximumSlots) return nullptr;
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  }
  ++sessions;
  ++server_.metrics().sessions_opened;
  const Place place{io_.index(), slot};
  slots_[slot] = std::make_unique<EngineConnection>(*this, place, std::move(request));
  return slots_[slot].get();
}

EngineConnection* EngineShard::find(std::string_view sid) const {
  const auto place = place_of(sid, kSessionIdSize);
  auto* const connection = place ? at(place->slot) : nullptr;
  return connection && equal_in_constant_time(connection->id(), sid) ? connection : nullptr;
}

void EngineShard::retire(EngineConnection& connection) {
  --server_.metrics().sessions;
  const auto slot = connection.place().slot;
  io_.at_end_of_turn([this, slot] {
    slots_[slot].reset();
    free_slots_.push_back(slot);
  });
}

void EngineShard::count_buffered(std::int64_t change) {
  buffered_ += change;
  const auto total = server_.metrics().buffered_bytes += change;
  const auto budget = static_cast<std::int64_t>(server_.options().buffered_budget);
  if (change > 0 && total > budget) server_.relieve();
}

void EngineShard::relieve() {
  const auto budget = static_cast<std::int64_t>(server_.options().buffered_budget);
  const auto share = budget / static_cast<std::int64_t>(server_.shard_count());
  while (server_.metrics().buffered_bytes.load() > budget && buffered_ > share) {
    EngineConnection* largest = nullptr;
    for (const auto& connection : slots_) {
      if (!connection || connection->buffered_bytes() == 0) continue;
      if (!largest || connection->buffered_bytes() > largest->buffered_bytes()) {
        largest = connection.get();
      }
    }
    if (!largest) return;
    largest->abort(socketio::CloseReason::slow_consumer);
  }
}

void EngineShard::close_all(socketio::CloseReason reason) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i]) slots_[i]->close(reason);
  }
}

}  // namespace parlor::realtime
