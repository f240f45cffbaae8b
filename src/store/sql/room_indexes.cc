// The indexes beside rooms: their tags, and their departures.
#include <algorithm>

#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

bool contains(const std::vector<std::string>& tags, const std::string& tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

void SqlRoomTags::replace(const chat::Room& room, const std::vector<std::string>& before) {
  for (const auto& tag : before)
    if (!contains(room.tags, tag))
      db_.write(
          "DELETE FROM room_tag WHERE account = $1 AND tag = $2 AND created_at = $3 AND room = $4",
          room.account, tag, room.created_at, room.id);
  for (const auto& tag : room.tags)
    if (!contains(before, tag))
      db_.write(
          "INSERT INTO room_tag (account, tag, created_at, room) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT DO NOTHING",
          room.account, tag, room.created_at, room.id);
}

void SqlRoomDepartures::insert(AccountId account, const chat::RoomDeparture& departure) {
  db_.write(
      "INSERT INTO room_departure (account, holder, departed_at, room, seq)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      account, departure.holder, departure.at, departure.room, departure.seq);
}

std::vector<chat::RoomDeparture> SqlRoomDepartures::since(AccountId account,
                                                          const std::vector<std::int64_t>& holders,
                                                          Timestamp since, int limit) {
  std::vector<chat::RoomDeparture> departures;
  for (const auto holder : holders) {
    for (auto rows = db_.read("SELECT holder, room, seq, departed_at FROM room_departure"
                              " WHERE account = $1 AND holder = $2 AND departed_at >= $3"
                              " ORDER BY departed_at, room, seq LIMIT $4",
                              account, holder, since, limit);
         rows.next();) {
      auto& departure = departures.emplace_back();
      rows.read(std::tie(departure.holder, departure.room, departure.seq, departure.at));
    }
    std::sort(departures.begin(), departures.end(), [](const auto& a, const auto& b) {
      return std::tie(a.at, a.room, a.seq) < std::tie(b.at, b.room, b.seq);
    });
    if (departures.size() > static_cast<std::size_t>(limit))
      departures.resize(static_cast<std::size_t>(limit));
  }
  return departures;
}

std::optional<chat::KeptDeparture> SqlRoomDepartures::remove_old(Timestamp before,
                                                                 const chat::KeptDeparture& after,
                                                                 int limit) {
  std::optional<chat::KeptDeparture> last;
  std::vector<chat::KeptDeparture> old;
  for (auto rows =
           db_.read("SELECT account, holder, departed_at, room, seq FROM room_departure"
                    " WHERE (account, holder, departed_at, room, seq) > ($1, $2, $3, $4, $5)"
                    " ORDER BY account, holder, departed_at, room, seq LIMIT $6",
                    after.account, after.departure.holder, after.departure.at, after.departure.room,
                    after.departure.seq, limit);
       rows.next();) {
    auto& [account, departure] = last.emplace();
    rows.read(std::tie(account, departure.holder, departure.at, departure.room, departure.seq));
    if (departure.at < before) old.push_back(*last);
  }
  for (const auto& [account, departure] : old)
    db_.write(
        "DELETE FROM room_departure WHERE account = $1 AND holder = $2 AND departed_at = $3"
        " AND room = $4 AND seq = $5",
        account, departure.holder, departure.at, departure.room, departure.seq);
  return last;
}

}  // namespace parlor::store::sql
