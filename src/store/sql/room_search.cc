#include "store/sql/room_search.h"

#include <unordered_map>
#include <unordered_set>

namespace parlor::store::sql {

// Texts of these rooms only, and of their contacts.
class RoomSearch::Few final : public Search::Examiner {
 public:
  Few(Connection& db, AccountId account, const std::vector<RoomId>& visible)
      : visible_(visible.begin(), visible.end()) {
    for (const auto room : visible) {
      auto rows = db.read("SELECT contact FROM room WHERE account = $1 AND id = $2", account, room);
      if (rows.next()) of_contact_[rows.get<ContactId>(0)].push_back(room);
    }
  }

  bool wants(const Search::Match& match) override {
    return match.room ? visible_.contains(match.room) : of_contact_.contains(match.contact);
  }
  bool examine(const Search::Match& match) override {
    if (match.room)
      found.insert(match.room);
    else
      found.insert(of_contact_[match.contact].begin(), of_contact_[match.contact].end());
    return true;
  }

  std::unordered_set<RoomId> found;

 private:
  std::unordered_set<RoomId> visible_;
  std::unordered_map<ContactId, std::vector<RoomId>> of_contact_;
};

// Reads each room that a text names, until there are enough.
class RoomSearch::Many final : public Search::Examiner {
 public:
  explicit Many(RoomSearch& search) : search_(search) {}

  bool examine(const Search::Match& match) override {
    if (match.room) {
      add(match.room);
    } else {
      for (const auto room : search_.rooms_of_contact_(match.contact)) add(room);
    }
    return found.size() < kMaxRoomsFound && seen_.size() < kMaxRoomsRead;
  }

  std::vector<chat::Room> found;

 private:
  void add(RoomId id) {
    if (found.size() >= kMaxRoomsFound || !seen_.insert(id).second) return;
    if (auto room = search_.read_listed_(id)) found.push_back(std::move(*room));
  }

  RoomSearch& search_;
  std::unordered_set<RoomId> seen_;
};

std::vector<chat::Room> RoomSearch::find(const chat::RoomQuery& query,
                                         const std::optional<std::vector<RoomId>>& visible) {
  if (!visible) {
    Many many(*this);
    search_.account(query.account, query.search, Search::Effort::thorough, many);
    return std::move(many.found);
  }
  Few few(db_, query.account, *visible);
  if (!search_.account(query.account, query.search, Search::Effort::a_try, few)) {
    std::vector<RoomId> left;
    for (const auto room : *visible)
      if (!few.found.contains(room)) left.push_back(room);
    for (const auto room : search_.read_rooms(query.account, left, query.search))
      few.found.insert(room);
  }
  std::vector<chat::Room> rooms;
  for (const auto id : few.found) {
    if (rooms.size() >= kMaxRoomsFound) break;
    if (auto room = read_listed_(id)) rooms.push_back(std::move(*room));
  }
  return rooms;
}

}  // namespace parlor::store::sql
