// That a room left somebody's sight: kept so that clients who were away learn which rooms to drop.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

// Who ceased to see it: one agent who was assigned, or the members of an inbox.
struct RoomDeparture {
  std::int64_t holder = 0;  // the agent's conversation, or the inbox: ids of both are distinct
  RoomId room;
  std::int64_t seq = 0;  // of the change by which it left
  Timestamp at;

  friend bool operator==(const RoomDeparture&, const RoomDeparture&) = default;
};

struct KeptDeparture {
  AccountId account;
  RoomDeparture departure;
};

class RoomDepartures {
 public:
  virtual ~RoomDepartures() = default;
  virtual void insert(AccountId, const RoomDeparture&) = 0;
  // Of these holders, at or after `since`, oldest first.
  virtual std::vector<RoomDeparture> since(AccountId, const std::vector<std::int64_t>& holders,
                                           Timestamp since, int limit) = 0;
  // As Outcomes::remove_old().
  virtual std::optional<KeptDeparture> remove_old(Timestamp before, const KeptDeparture& after,
                                                  int limit) = 0;
};

}  // namespace parlor::chat
