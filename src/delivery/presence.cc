#include "delivery/presence.h"

namespace parlor::delivery {

std::optional<PresenceChange> Presence::put(const AgentSignal& signal, Timestamp now) {
  using What = AgentSignal::What;
  if (signal.what == What::socket_closed) {
    const auto known = entries_.find(signal.agent);
    if (known == entries_.end() || known->second.sockets == 0) return std::nullopt;
    if (--known->second.sockets == 0) leave_at(known, now + grace_ms_);
    return std::nullopt;
  }
  const auto entry = entries_.try_emplace(signal.agent).first;
  entry->second.account = signal.account;
  if (signal.what == What::expected) {
    if (entry->second.sockets == 0) leave_at(entry, now + grace_ms_);
    return std::nullopt;
  }
  ++entry->second.sockets;
  stay(entry);
  if (std::exchange(entry->second.is_told, true)) return std::nullopt;
  return PresenceChange{signal.account, signal.agent, true};
}

std::vector<PresenceChange> Presence::expire(Timestamp now) {
  std::vector<PresenceChange> gone;
  while (!leaving_.empty() && leaving_.begin()->first <= now) {
    const auto entry = entries_.find(leaving_.begin()->second);
    gone.push_back({entry->second.account, entry->first, false});
    leaving_.erase(leaving_.begin());
    entries_.erase(entry);
  }
  return gone;
}

std::optional<Timestamp> Presence::next_expiry() const {
  if (leaving_.empty()) return std::nullopt;
  return leaving_.begin()->first;
}

void Presence::leave_at(Entries::iterator entry, Timestamp at) {
  stay(entry);
  entry->second.leaves_at = at;
  leaving_.emplace(at, entry->first);
}

void Presence::stay(Entries::iterator entry) {
  if (entry->second.leaves_at == Timestamp{}) return;
  leaving_.erase({entry->second.leaves_at, entry->first});
  entry->second.leaves_at = Timestamp{};
}

}  // namespace parlor::delivery
