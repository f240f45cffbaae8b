// Finds rooms by words: in their messages and in their contacts' names and addresses; and rooms of
// orders by the order's number ("10451277", "#10451277", "Order 10451277").
//
// The index finds texts of the whole account, the newest first. Whoever sees few rooms would be
// lost among the others: up to kFewRooms visible rooms are listed first, and only their texts are
// looked at. If their words are so common that the account's newest texts hide theirs, the rooms
// themselves are read, the newest first (Search::read_rooms).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/room_lists.h"
#include "store/sql/search.h"

namespace parlor::store::sql {

class RoomSearch {
 public:
  static constexpr int kFewRooms = 2'000;
  static constexpr std::size_t kMaxRoomsRead = 10'000;  // of those who see many

  // The room, if it is in the query's list.
  using ReadListed = std::function<std::optional<chat::Room>(RoomId)>;
  using RoomsOfContact = std::function<std::vector<RoomId>(ContactId)>;

  RoomSearch(Connection& db, Search& search, ReadListed read_listed,
             RoomsOfContact rooms_of_contact)
      : db_(db),
        search_(search),
        read_listed_(std::move(read_listed)),
        rooms_of_contact_(std::move(rooms_of_contact)) {}

  // At most kMaxRoomsFound, each once, in no order. `visible` are all rooms of the query's list,
  // the newest update first; nothing when they are more than kFewRooms.
  std::vector<chat::Room> find(const chat::RoomQuery& query,
                               const std::optional<std::vector<RoomId>>& visible);

  // The messages by which find() found these of its rooms.
  std::map<RoomId, chat::SearchHit> hits_of(const chat::RoomQuery& query,
                                            const std::vector<chat::Room>& rooms);

 private:
  class Few;
  class Many;
  struct Hit {
    std::int64_t seq = 0;
    bool is_note = false;
  };

  void note(const Search::Match& match);

  std::vector<RoomId> rooms_of_order(const chat::RoomQuery& query);

  Connection& db_;
  Search& search_;
  ReadListed read_listed_;
  RoomsOfContact rooms_of_contact_;
  std::unordered_map<RoomId, Hit> hits_;
};

}  // namespace parlor::store::sql
