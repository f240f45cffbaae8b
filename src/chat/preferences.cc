#include "chat/preferences.h"

#include <utility>

#include "chat/access.h"
#include "chat/audience.h"
#include "chat/authenticate.h"
#include "chat/idempotency.h"

namespace parlor::chat {

namespace {

using What = PreferenceChanged::What;

void announce(Transaction& transaction, const Room& room, What what,
              const RoomPreference& preference) {
  transaction.record(Event{these_agents(room.account, {preference.agent}), room, 0,
                           PreferenceChanged{what, preference}});
}

Result<AccessedRoom> access_as_agent(Transaction& transaction, const Actor& actor, RoomId id) {
  auto access = access_room(transaction, actor, id);
  if (!access) return access;
  if (auto team = require_team(actor); !team) return team.failure();
  return access;
}

bool is_full(const std::vector<RoomId>& rooms, int most) {
  return rooms.size() >= static_cast<std::size_t>(most);
}

// Its agent is told, if it may still see the room.
void wake(Transaction& transaction, const Room& room, RoomPreference preference) {
  preference.snoozed_until = {};
  transaction.room_preferences().put(room.account, preference);
  const auto agent = transaction.agents().find_by_conversation(room.account, preference.agent);
  if (!agent || !access_room(transaction, actor_of(*agent), room.id)) return;
  announce(transaction, room, What::snooze, preference);
}

}  // namespace

Result<RoomPreference> toggle_favorite(Transaction& transaction, const Actor& actor,
                                       const ToggleFavorite& input) {
  const auto access = access_as_agent(transaction, actor, input.room);
  if (!access) return access.failure();
  const RepeatableWrite write(actor, "toggle_favorite", input.client_id,
                              BodyDigest().add(input.room.value).finish());
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();

  auto& preferences = transaction.room_preferences();
  auto preference = preferences.find(actor.account, input.room, actor.conversation);
  if (*earlier) {
    preference.is_favorite = (*earlier)->detail == "1";
    return preference;
  }
  if (!preference.is_favorite &&
      is_full(preferences.favorites(actor.account, actor.conversation), kMaxFavorites)) {
    return fail(ErrorCode::conflict,
                "You have " + std::to_string(kMaxFavorites) + " favourites: take one out first");
  }
  preference.is_favorite = !preference.is_favorite;
  preferences.put(actor.account, preference);
  announce(transaction, access->room, What::favorite, preference);
  write.remember(transaction, input.room.value, preference.is_favorite ? "1" : "0");
  return preference;
}

Result<RoomPreference> snooze_room(Transaction& transaction, const Actor& actor,
                                   const SnoozeRoom& input) {
  const auto access = access_as_agent(transaction, actor, input.room);
  if (!access) return access.failure();
  if (input.time_ms < 0 || input.time_ms > kLatestTimeMs) {
    return fail(ErrorCode::invalid, "time must be in milliseconds since 1970, or 0 to wake");
  }
  const Timestamp until{input.time_ms};
  const bool wakes = until == Timestamp{};
  auto& preferences = transaction.room_preferences();
  auto preference = preferences.find(actor.account, input.room, actor.conversation);
  const bool is_past = !wakes && until <= transaction.now();
  if (is_past || preference.snoozed_until == until) return preference;

  if (preference.snoozed_until == Timestamp{} &&
      is_full(preferences.snoozed(actor.account, actor.conversation, transaction.now()),
              kMaxSnoozed)) {
    return fail(ErrorCode::conflict,
                "You have snoozed " + std::to_string(kMaxSnoozed) + " rooms: wake one first");
  }
  preference.snoozed_until = until;
  preferences.put(actor.account, preference);
  announce(transaction, access->room, What::snooze, preference);
  return preference;
}

void wake_room(Transaction& transaction, const Room& room) {
  auto& preferences = transaction.room_preferences();
  for (const auto agent : preferences.snoozing(room.account, room.id, transaction.now())) {
    wake(transaction, room, preferences.find(room.account, room.id, agent));
  }
}

std::optional<Timestamp> wake_due_rooms(Transaction& transaction) {
  auto& preferences = transaction.room_preferences();
  for (const auto& due : preferences.due(transaction.now(), kWokenAtOnce)) {
    const auto room = transaction.rooms().find(due.account, due.preference.room);
    if (room) {
      wake(transaction, *room, due.preference);
    } else {
      auto forgotten = due.preference;
      forgotten.snoozed_until = {};
      preferences.put(due.account, forgotten);
    }
  }
  return preferences.next_due();
}

}  // namespace parlor::chat
