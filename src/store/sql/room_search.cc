#include "store/sql/room_search.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "text/excerpt.h"
#include "text/words.h"

namespace parlor::store::sql {
namespace {

constexpr int kMaxRoomsOfOrder = 100;

std::string_view take_word(std::string_view& text) {
  constexpr std::string_view kSpace = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  const auto word = text.substr(0, text.find_first_of(kSpace));
  text.remove_prefix(word.size());
  return word;
}

// The only word, or the one behind "order" as the subject of such a room says it.
std::string_view order_number_in(std::string_view search) {
  auto number = take_word(search);
  if (number == "Order" || number == "order" || number == "طلب" || number == "الطلب")
    number = take_word(search);
  if (number.starts_with('#')) number.remove_prefix(1);
  return take_word(search).empty() ? number : std::string_view();
}

}  // namespace

// Texts of these rooms only, and of their contacts.
class RoomSearch::Few final : public Search::Examiner {
 public:
  Few(RoomSearch& search, AccountId account, const std::vector<RoomId>& visible)
      : search_(search), visible_(visible.begin(), visible.end()) {
    for (const auto room : visible) {
      auto rows =
          search.db_.read("SELECT contact FROM room WHERE account = $1 AND id = $2", account, room);
      if (rows.next()) of_contact_[rows.get<ContactId>(0)].push_back(room);
    }
  }

  bool wants(const Search::Match& match) override {
    return match.room ? visible_.contains(match.room) : of_contact_.contains(match.contact);
  }
  bool examine(const Search::Match& match) override {
    search_.note(match);
    if (match.room)
      found.insert(match.room);
    else
      found.insert(of_contact_[match.contact].begin(), of_contact_[match.contact].end());
    return true;
  }

  std::unordered_set<RoomId> found;

 private:
  RoomSearch& search_;
  std::unordered_set<RoomId> visible_;
  std::unordered_map<ContactId, std::vector<RoomId>> of_contact_;
};

// Reads each room that a text names, until there are enough.
class RoomSearch::Many final : public Search::Examiner {
 public:
  explicit Many(RoomSearch& search) : search_(search) {}

  bool examine(const Search::Match& match) override {
    search_.note(match);
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

std::vector<RoomId> RoomSearch::rooms_of_order(const chat::RoomQuery& query) {
  std::vector<RoomId> rooms;
  const auto number = order_number_in(query.search);
  if (number.empty()) return rooms;
  for (auto rows = db_.read("SELECT room FROM order_room WHERE account = $1 AND number = $2"
                            " ORDER BY updated_at DESC, room DESC LIMIT $3",
                            query.account, number, kMaxRoomsOfOrder);
       rows.next();)
    rooms.push_back(rows.get<RoomId>(0));
  return rooms;
}

std::vector<chat::Room> RoomSearch::find(const chat::RoomQuery& query,
                                         const std::optional<std::vector<RoomId>>& visible) {
  const auto of_order = rooms_of_order(query);
  if (!visible) {
    Many many(*this);
    for (const auto room : of_order) many.examine({room, {}});
    search_.account(query.account, query.search, Search::Effort::thorough, many);
    return std::move(many.found);
  }
  Few few(*this, query.account, *visible);
  for (const auto room : of_order)
    if (few.wants({room, {}})) few.examine({room, {}});
  if (!search_.account(query.account, query.search, Search::Effort::a_try, few)) {
    std::vector<RoomId> left;
    for (const auto room : *visible)
      if (!few.found.contains(room)) left.push_back(room);
    for (const auto& match : search_.read_rooms(query.account, left, query.search))
      few.examine(match);
  }
  std::vector<chat::Room> rooms;
  for (const auto id : few.found) {
    if (rooms.size() >= kMaxRoomsFound) break;
    if (auto room = read_listed_(id)) rooms.push_back(std::move(*room));
  }
  return rooms;
}

// The newest text of a room comes first.
void RoomSearch::note(const Search::Match& match) {
  if (match.room && match.seq > 0) hits_.try_emplace(match.room, Hit{match.seq, match.is_note});
}

std::map<RoomId, chat::SearchHit> RoomSearch::hits_of(const chat::RoomQuery& query,
                                                      const std::vector<chat::Room>& rooms) {
  const auto words = text::query_words(query.search);
  std::map<RoomId, chat::SearchHit> hits;
  for (const auto& room : rooms) {
    const auto noted = hits_.find(room.id);
    if (noted == hits_.end()) continue;
    const auto [seq, is_note] = noted->second;
    auto rows = db_.read(
        "SELECT id, author, sender, type, created_at, content FROM message"
        " WHERE account = $1 AND room = $2 AND is_note = $3 AND seq = $4",
        query.account, room.id, is_note, seq);
    if (!rows.next()) continue;
    chat::SearchHit hit;
    hit.seq = seq;
    std::string content;
    rows.read(std::tie(hit.message, hit.author, hit.sender, hit.type, hit.created_at, content));
    for (auto& piece : text::excerpt(content, words))
      hit.excerpt.push_back({std::move(piece.text), piece.is_match});
    hits.emplace(room.id, std::move(hit));
  }
  return hits;
}

}  // namespace parlor::store::sql
