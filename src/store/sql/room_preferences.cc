#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

constexpr int kMostSnoozing = 1'000;

std::vector<RoomId> rooms_of(Rows rows) {
  std::vector<RoomId> rooms;
  while (rows.next()) rooms.push_back(rows.get<RoomId>(0));
  return rooms;
}

}  // namespace

chat::RoomPreference SqlRoomPreferences::find(AccountId account, RoomId room,
                                              ConversationId agent) {
  chat::RoomPreference preference{room, agent, false, {}};
  auto rows = db_.read(
      "SELECT is_favorite, snoozed_until FROM room_preference"
      " WHERE account = $1 AND room = $2 AND agent = $3",
      account, room, agent);
  if (rows.next()) rows.read(std::tie(preference.is_favorite, preference.snoozed_until));
  return preference;
}

void SqlRoomPreferences::put(AccountId account, const chat::RoomPreference& preference) {
  forget();
  if (!preference.is_favorite && preference.snoozed_until == Timestamp{}) {
    db_.write("DELETE FROM room_preference WHERE account = $1 AND room = $2 AND agent = $3",
              account, preference.room, preference.agent);
    return;
  }
  db_.write(
      "INSERT INTO room_preference (account, room, agent, is_favorite, snoozed_until)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET"
      " is_favorite = excluded.is_favorite, snoozed_until = excluded.snoozed_until",
      account, preference.room, preference.agent, preference.is_favorite, preference.snoozed_until);
}

std::vector<RoomId> SqlRoomPreferences::favorites(AccountId account, ConversationId agent) {
  return rooms_of(
      db_.read("SELECT room FROM room_preference"
               " WHERE account = $1 AND agent = $2 AND is_favorite = 1 LIMIT $3",
               account, agent, chat::kMaxFavorites));
}

std::vector<RoomId> SqlRoomPreferences::snoozed(AccountId account, ConversationId agent,
                                                Timestamp now) {
  return rooms_of(
      db_.read("SELECT room FROM room_preference WHERE account = $1 AND agent = $2"
               " AND snoozed_until > 0 AND snoozed_until > $3 LIMIT $4",
               account, agent, now, chat::kMaxSnoozed));
}

std::vector<ConversationId> SqlRoomPreferences::snoozing(AccountId account, RoomId room,
                                                         Timestamp now) {
  const bool may_be = any_snoozed_.may_have(account, [&] {
    // Left alone, SQLite takes the index of all accounts' snoozes.
    return db_
        .read(
            "SELECT 1 FROM room_preference INDEXED BY room_preference_snoozed"
            " WHERE account = $1 AND snoozed_until > 0 LIMIT 1",
            account)
        .next();
  });
  if (!may_be) return {};
  const auto snoozes = snoozes_.find(std::pair(account, room), [&] {
    std::vector<chat::RoomPreference> found;
    for (auto rows = db_.read("SELECT agent, snoozed_until FROM room_preference"
                              " WHERE account = $1 AND room = $2 AND snoozed_until > $3 LIMIT $4",
                              account, room, now, kMostSnoozing);
         rows.next();) {
      auto& snooze = found.emplace_back();
      rows.read(std::tie(snooze.agent, snooze.snoozed_until));
    }
    return found;
  });
  std::vector<ConversationId> agents;
  for (const auto& snooze : snoozes)
    if (snooze.snoozed_until > now) agents.push_back(snooze.agent);
  return agents;
}

std::vector<chat::DueSnooze> SqlRoomPreferences::due(Timestamp at, int limit) {
  std::vector<chat::DueSnooze> due;
  for (auto rows =
           db_.read("SELECT account, room, agent, is_favorite, snoozed_until FROM room_preference"
                    " WHERE snoozed_until > 0 AND snoozed_until <= $1"
                    " ORDER BY snoozed_until LIMIT $2",
                    at, limit);
       rows.next();) {
    auto& [account, preference] = due.emplace_back();
    rows.read(std::tie(account, preference.room, preference.agent, preference.is_favorite,
                       preference.snoozed_until));
  }
  return due;
}

std::optional<Timestamp> SqlRoomPreferences::next_due() {
  auto rows = db_.read(
      "SELECT snoozed_until FROM room_preference WHERE snoozed_until > 0"
      " ORDER BY snoozed_until LIMIT 1");
  if (!rows.next()) return std::nullopt;
  return rows.get<Timestamp>(0);
}

}  // namespace parlor::store::sql
