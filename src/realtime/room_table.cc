#include "realtime/room_table.h"

#include <algorithm>

#include "realtime/socket.h"

namespace parlor::realtime {

bool RoomTable::join(Socket& socket, std::string_view name) {
  for (const auto& seat : socket.seats_) {
    if (seat.room->name == name) return false;
  }
  auto at = rooms_.find(name);
  if (at == rooms_.end()) {
    at = rooms_.emplace(std::string(name), Room{}).first;
    at->second.name = at->first;
  }
  Room& room = at->second;
  socket.seats_.push_back({&room, static_cast<std::uint32_t>(room.members.size())});
  room.members.push_back(&socket);
  return true;
}

void RoomTable::leave(Socket& socket, std::string_view name) {
  for (std::size_t i = 0; i < socket.seats_.size(); ++i) {
    if (socket.seats_[i].room->name == name) return remove_at(socket, i);
  }
}

void RoomTable::leave_all(Socket& socket) {
  while (!socket.seats_.empty()) remove_at(socket, socket.seats_.size() - 1);
  std::vector<Socket::Seat>().swap(socket.seats_);
}

void RoomTable::remove_at(Socket& socket, std::size_t index) {
  const auto seat = socket.seats_[index];
  auto& members = seat.room->members;
  if (seat.index + 1 != members.size()) {  // the last member takes the place
    Socket* const moved = members.back();
    members[seat.index] = moved;
    const auto other = std::ranges::find(moved->seats_, seat.room, &Socket::Seat::room);
    other->index = seat.index;
  }
  members.pop_back();
  socket.seats_[index] = socket.seats_.back();
  socket.seats_.pop_back();
  if (members.empty()) {
    rooms_.erase(rooms_.find(seat.room->name));
  } else if (members.size() * 4 < members.capacity()) {
    members.shrink_to_fit();
  }
}

Room* RoomTable::find(std::string_view name) {
  const auto at = rooms_.find(name);
  return at == rooms_.end() ? nullptr : &at->second;
}

}  // namespace parlor::realtime
