// Which rooms carry a tag: an index beside Room::tags, kept by whoever changes those.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/room.h"

namespace parlor::chat {

class RoomTags {
 public:
  virtual ~RoomTags() = default;
  // `room` carries its tags now, and carried these before.
  virtual void replace(const Room& room, const std::vector<std::string>& before) = 0;
};

}  // namespace parlor::chat
