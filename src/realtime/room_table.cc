#include "realtime/room_table.h"

#include <algorithm>

#include "realtime/socket.h"

namespace parlor::realtime {
namespace {

// A set's elements are constant because of their place in it, which is by the name alone.
Room& as_member(const Room& room) { return const_cast<Room&>(room); }

}  // namespace

void Members::push_back(Socket* socket) {
  if (many_) return many_->push_back(socket);
  if (!one_) {
    one_ = socket;
    return;
  }
  many_ = std::make_unique<std::vector<Socket*>>(std::initializer_list<Socket*>{one_, socket});
}

Socket* Members::remove_at(std::size_t index) {
  if (!many_) {
    one_ = nullptr;
    return nullptr;
  }
  Socket* const last = many_->back();
  many_->pop_back();
  if (many_->size() * 4 < many_->capacity()) many_->shrink_to_fit();
  if (index == many_->size()) return nullptr;
  (*many_)[index] = last;
  return last;
}

bool RoomTable::join(Socket& socket, std::string_view name) {
  for (const auto& seat : socket.seats_) {
    if (seat.room->name == name) return false;
  }
  auto at = rooms_.find(name);
  if (at == rooms_.end()) at = rooms_.emplace(name).first;
  Room& room = as_member(*at);
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
  if (Socket* const moved = seat.room->members.remove_at(seat.index)) {
    std::ranges::find(moved->seats_, seat.room, &Socket::Seat::room)->index = seat.index;
  }
  socket.seats_[index] = socket.seats_.back();
  socket.seats_.pop_back();
  if (seat.room->members.empty()) rooms_.erase(rooms_.find(seat.room->name));
}

Room* RoomTable::find(std::string_view name) {
  const auto at = rooms_.find(name);
  return at == rooms_.end() ? nullptr : &as_member(*at);
}

}  // namespace parlor::realtime
