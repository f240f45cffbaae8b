// The place in a client's sync, and the opaque text that clients keep of it.
//
// Version 1, base64url of:
//
//   u8 version | varint floor ms | varint resume ms | varint n | n × (varint room id, varint seq)
//
// varint: 7 bits a byte, least significant first, the high bit set on all but the last byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace parlor::chat {

struct SeenRoom {
  RoomId room;
  std::int64_t seq = 0;

  friend bool operator==(const SeenRoom&, const SeenRoom&) = default;
};

inline constexpr std::size_t kSeenRoomsAtMost = 128;

struct SyncCursor {
  Timestamp floor;             // in every room, changes stamped before this were given out
  Timestamp resume;            // rooms whose newest change is older than this are done
  std::vector<SeenRoom> seen;  // in these rooms, changes up to `seq` were; newest last

  friend bool operator==(const SyncCursor&, const SyncCursor&) = default;
};

std::string encode_cursor(const SyncCursor& cursor);

// invalid for any text that encode_cursor could not have made.
Result<SyncCursor> decode_cursor(std::string_view text);

}  // namespace parlor::chat
