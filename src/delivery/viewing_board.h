// Who has which room open, on which connection: told to the room's agents whenever it changes.
//
// Follows the events of the rooms that are open, in their order: who loses a room stops being shown
// in it, and hears no more of it. A connection that ends closes what it had open; one that ended
// just before it was heard of opens nothing.
//
// Single-threaded: lives on the Publisher's thread. Bounds: kMaxRoomsOfConnection rooms open on one
// connection, beyond which the one opened first is closed; the last kMaxEnded ends are remembered.
// So memory is bounded by the connections of agents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "chat/event.h"
#include "delivery/signal.h"

namespace parlor::delivery {

inline constexpr std::size_t kMaxRoomsOfConnection = 20;
inline constexpr std::size_t kMaxEnded = 4'096;

class ViewingBoard {
 public:
  // What is to be told because of this event: of an agent who opens or closes a room, or of a
  // change of who may see one.
  std::vector<Viewers> follow(const chat::Event& event);
  std::vector<Viewers> end(std::uint64_t connection);

 private:
  struct View {
    std::uint64_t connection = 0;
    ConversationId agent;
    std::string name;
  };
  struct OpenRoom {
    chat::Audience team;
    std::vector<View> views;  // in the order of opening
  };
  using Told = std::vector<Viewers>;

  void open(const chat::Event& event, const chat::RoomViewed& viewed, Told& told);
  // Ends those views of the room that `ends` says.
  template <class Ends>
  void close(RoomId room, Ends ends, Told& told);
  static Viewers viewers_of(RoomId room, const OpenRoom& open);

  std::unordered_map<RoomId, OpenRoom> rooms_;
  std::unordered_map<std::uint64_t, std::deque<RoomId>> by_connection_;
  std::deque<std::uint64_t> ended_;
};

}  // namespace parlor::delivery
