#include "chat/sync_losses.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"

namespace parlor::chat {

namespace {

constexpr int kWithOneStamp = 100'000;

// Every room at its last departure.
std::vector<RoomDeparture> last_of_each_room(const std::vector<RoomDeparture>& departures) {
  std::vector<RoomDeparture> last;
  for (const RoomDeparture& departure : departures) {
    std::erase_if(last, [&](const RoomDeparture& d) { return d.room == departure.room; });
    last.push_back(departure);
  }
  return last;
}

// Nothing if the actor sees the room again.
std::optional<SyncChange> loss_of(Transaction& transaction, const Actor& actor,
                                  const RoomDeparture& departure) {
  const auto room = transaction.rooms().find(actor.account, departure.room);
  if (!room) return std::nullopt;
  const auto inbox = transaction.inboxes().find(actor.account, room->inbox);
  if (inbox && may_enter(actor, *room, standing_in(transaction, actor, *inbox))) {
    return std::nullopt;
  }
  auto changes =
      transaction.rooms().changes_after(actor.account, departure.room, departure.seq - 1, 1);
  if (changes.empty()) return std::nullopt;
  return SyncChange{departure.room, departure.seq, departure.at,
                    RoomLost{std::move(changes.front())}};
}

}  // namespace

Losses losses_since(Transaction& transaction, const Actor& actor, const RoomScope& scope,
                    Timestamp since) {
  Losses losses;
  if (!actor.is_team() || scope.whole_account) return losses;
  std::vector<std::int64_t> holders = {actor.conversation.value};
  for (const InboxId inbox : scope.inboxes) holders.push_back(inbox.value);

  std::vector<RoomDeparture> departures;
  for (int limit = static_cast<int>(kLossesAtOnce);; limit *= 2) {
    departures = transaction.room_departures().since(actor.account, holders, since, limit);
    if (departures.size() < static_cast<std::size_t>(limit)) break;
    losses.up_to = departures.back().at;
    if (*losses.up_to > since || limit >= kWithOneStamp) break;
    losses.up_to.reset();
  }
  for (const RoomDeparture& departure : last_of_each_room(departures)) {
    if (auto loss = loss_of(transaction, actor, departure)) {
      losses.changes.push_back(std::move(*loss));
    }
  }
  return losses;
}

}  // namespace parlor::chat
