// Names a socket from anywhere, at any time, and keeps nothing alive: what other threads hold.
#pragma once

#include <cstdint>

#include "realtime/session_id.h"

namespace parlor::realtime {

struct SocketRef {
  Place place;               // of its session
  std::uint16_t nsp = 0;     // the namespace's index
  std::uint64_t serial = 0;  // unique on its shard; 0 names nobody

  friend bool operator==(const SocketRef& a, const SocketRef& b) {
    return a.serial == b.serial && a.place.shard == b.place.shard;
  }
};

}  // namespace parlor::realtime
