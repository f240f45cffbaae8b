#include "delivery/viewing_board.h"

#include <algorithm>
#include <utility>

namespace parlor::delivery {

namespace {

bool names(const std::vector<ConversationId>& agents, ConversationId agent) {
  return std::find(agents.begin(), agents.end(), agent) != agents.end();
}

template <class Views>
bool views(const Views& all, ConversationId agent) {
  return std::any_of(all.begin(), all.end(), [&](const auto& view) { return view.agent == agent; });
}

}  // namespace

std::vector<Viewers> ViewingBoard::follow(const chat::Event& event) {
  Told told;
  const RoomId room = event.room->id;
  if (const auto* viewed = std::get_if<chat::RoomViewed>(&event.body)) {
    if (viewed->is_open) {
      open(event, *viewed, told);
    } else {
      close(
          room, [&](const View& view) { return view.connection == viewed->connection; }, told);
    }
    return told;
  }
  if (std::holds_alternative<chat::RoomUpdated>(event.body) && !event.audience.contact) {
    // The team as it is after the change.
    if (const auto open = rooms_.find(room); open != rooms_.end())
      open->second.team = event.audience;
  }
  if (std::holds_alternative<chat::AccessLost>(event.body)) {
    close(
        room, [&](const View& view) { return names(event.audience.agents, view.agent); }, told);
  }
  return told;
}

std::vector<Viewers> ViewingBoard::end(std::uint64_t connection) {
  Told told;
  ended_.push_back(connection);
  if (ended_.size() > kMaxEnded) ended_.pop_front();
  const auto known = by_connection_.find(connection);
  if (known == by_connection_.end()) return told;
  const auto rooms = known->second;
  for (const RoomId room : rooms) {
    close(
        room, [&](const View& view) { return view.connection == connection; }, told);
  }
  return told;
}

void ViewingBoard::open(const chat::Event& event, const chat::RoomViewed& viewed, Told& told) {
  if (std::find(ended_.begin(), ended_.end(), viewed.connection) != ended_.end()) return;
  const RoomId room = event.room->id;
  auto& open = rooms_[room];
  open.team = event.audience;
  const bool is_new = !views(open.views, viewed.agent);
  const bool is_open_here =
      std::any_of(open.views.begin(), open.views.end(),
                  [&](const View& view) { return view.connection == viewed.connection; });
  if (!is_open_here) {
    open.views.push_back({viewed.connection, viewed.agent, viewed.name});
    by_connection_[viewed.connection].push_back(room);
  }
  told.push_back(viewers_of(room, open));
  if (!is_new) {
    // Nobody else hears anything new; this connection may not have heard it yet.
    told.back().audience = {};
    told.back().audience.account = event.audience.account;
    told.back().audience.agents = {viewed.agent};
  }
  const auto& rooms = by_connection_[viewed.connection];
  if (rooms.size() <= kMaxRoomsOfConnection) return;
  close(
      rooms.front(), [&](const View& view) { return view.connection == viewed.connection; }, told);
}

template <class Ends>
void ViewingBoard::close(RoomId room, Ends ends, Told& told) {
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) return;
  auto& open = found->second;
  std::vector<View> ended;
  const auto kept = std::stable_partition(open.views.begin(), open.views.end(),
                                          [&](const View& view) { return !ends(view); });
  ended.assign(std::make_move_iterator(kept), std::make_move_iterator(open.views.end()));
  open.views.erase(kept, open.views.end());
  bool is_told = false;
  for (const View& view : ended) {
    is_told |= !views(open.views, view.agent);
    const auto rooms = by_connection_.find(view.connection);
    std::erase(rooms->second, room);
    if (rooms->second.empty()) by_connection_.erase(rooms);
  }
  if (is_told) told.push_back(viewers_of(room, open));
  if (open.views.empty()) rooms_.erase(found);
}

Viewers ViewingBoard::viewers_of(RoomId room, const OpenRoom& open) {
  Viewers viewers{room, open.team, {}};
  for (const View& view : open.views) {
    if (!views(viewers.agents, view.agent)) viewers.agents.push_back({view.agent, view.name});
  }
  return viewers;
}

}  // namespace parlor::delivery
