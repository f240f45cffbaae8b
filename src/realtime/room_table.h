// The rooms of one namespace on one shard: who is in them.
//
// A room exists while somebody is in it. Members are kept in an array, and every socket knows its
// index there, so that joining, leaving and walking cost no look-up per member.
// Thread: its shard's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parlor::realtime {

class Socket;

struct Room {
  std::string_view name;  // of the table's key
  std::vector<Socket*> members;
};

class RoomTable {
 public:
  // False when it was there already.
  bool join(Socket& socket, std::string_view name);
  void leave(Socket& socket, std::string_view name);
  void leave_all(Socket& socket);
  // Null when nobody is in it.
  Room* find(std::string_view name);
  std::size_t size() const { return rooms_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  void remove_at(Socket& socket, std::size_t index);

  std::unordered_map<std::string, Room, Hash, std::equal_to<>> rooms_;
};

}  // namespace parlor::realtime
