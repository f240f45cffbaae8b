// The rooms of one namespace on one shard: who is in them.
//
// A room exists while somebody is in it. Members are kept in an array, and every socket knows its
// index there, so that joining, leaving and walking cost no look-up per member.
// Thread: its shard's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace parlor::realtime {

class Socket;

// Most rooms have one member, a person's own: it needs no array.
class Members {
 public:
  std::size_t size() const { return many_ ? many_->size() : (one_ ? 1 : 0); }
  bool empty() const { return size() == 0; }
  Socket** begin() { return many_ ? many_->data() : &one_; }
  Socket** end() { return begin() + size(); }
  void push_back(Socket* socket);
  // The last member takes the place. Answers it, or null when it was the last itself.
  Socket* remove_at(std::size_t index);

 private:
  Socket* one_ = nullptr;  // unless there are many
  std::unique_ptr<std::vector<Socket*>> many_;
};

struct Room {
  explicit Room(std::string_view of) : name(of) {}

  const std::string name;
  Members members;
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
    std::size_t operator()(std::string_view name) const noexcept {
      return std::hash<std::string_view>{}(name);
    }
    std::size_t operator()(const Room& room) const noexcept { return (*this)(room.name); }
  };
  struct SameName {
    using is_transparent = void;
    bool operator()(const Room& a, const Room& b) const { return a.name == b.name; }
    bool operator()(std::string_view name, const Room& room) const { return name == room.name; }
    bool operator()(const Room& room, std::string_view name) const { return name == room.name; }
  };

  void remove_at(Socket& socket, std::size_t index);

  std::unordered_set<Room, Hash, SameName> rooms_;
};

}  // namespace parlor::realtime
