#include "store/sql/student_chats.h"

#include <algorithm>

namespace parlor::store::sql {
namespace {

struct Listed {
  Timestamp last_activity;
  RoomId room;
};

}  // namespace

std::optional<StudentPlace> student_place_of(const chat::Room& room) {
  if (!room.student) return std::nullopt;
  return StudentPlace{room.student->status, room.last_activity, room.student->waiting_since};
}

void StudentCounts::add(AccountId account, chat::StudentStatus status, int change) {
  gather({account, status}, change);
}

void StudentCounts::write() {
  write_gathered([&](const StudentCountKey& key, std::int64_t change) {
    if (change == 0) return;
    db_.write(
        "INSERT INTO student_chat_count (account, status, chats) VALUES ($1, $2, $3)"
        " ON CONFLICT DO UPDATE SET chats = chats + $3",
        key.account, key.status, change);
  });
}

std::int64_t StudentCounts::of(AccountId account, std::optional<chat::StudentStatus> status) {
  std::int64_t total = 0;
  for (auto rows =
           db_.read("SELECT status, chats FROM student_chat_count WHERE account = $1", account);
       rows.next();) {
    if (!status || rows.get<chat::StudentStatus>(0) == *status) total += rows.integer(1);
  }
  each_gathered([&](const StudentCountKey& key, std::int64_t change) {
    if (key.account == account && (!status || key.status == *status)) total += change;
  });
  return total;
}

void StudentLists::insert(const chat::Room& room, const StudentPlace& place) {
  db_.write(
      "INSERT INTO student_chat (account, contact, room, status, last_activity, waiting_since)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      room.account, room.contact, room.id, place.status, place.last_activity, place.waiting_since);
  counts_.add(room.account, place.status, 1);
}

void StudentLists::move(const chat::Room& room, const std::optional<StudentPlace>& from,
                        const StudentPlace& to) {
  if (from == to) return;
  db_.write(
      "UPDATE student_chat SET status = $3, last_activity = $4, waiting_since = $5"
      " WHERE account = $1 AND contact = $2",
      room.account, room.contact, to.status, to.last_activity, to.waiting_since);
  if (!from || from->status == to.status) return;
  counts_.add(room.account, from->status, -1);
  counts_.add(room.account, to.status, 1);
}

std::optional<RoomId> SqlStudentChats::of_contact(AccountId account, ContactId contact) {
  auto rows = db_.read("SELECT room FROM student_chat WHERE account = $1 AND contact = $2", account,
                       contact);
  if (!rows.next()) return std::nullopt;
  return rows.get<RoomId>(0);
}

std::vector<RoomId> SqlStudentChats::page(AccountId account,
                                          std::optional<chat::StudentStatus> status, int offset,
                                          int limit) {
  std::vector<Listed> listed;
  for (int each = 0; each < chat::kStudentStatuses; ++each) {
    if (status && *status != static_cast<chat::StudentStatus>(each)) continue;
    for (auto rows = db_.read("SELECT last_activity, room FROM student_chat"
                              " WHERE account = $1 AND status = $2"
                              " ORDER BY last_activity DESC, room DESC LIMIT $3",
                              account, each, offset + limit);
         rows.next();)
      listed.push_back({rows.get<Timestamp>(0), rows.get<RoomId>(1)});
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::tie(a.last_activity, a.room) > std::tie(b.last_activity, b.room);
  });
  std::vector<RoomId> rooms;
  for (auto at = static_cast<std::size_t>(offset);
       at < listed.size() && rooms.size() < static_cast<std::size_t>(limit); ++at)
    rooms.push_back(listed[at].room);
  return rooms;
}

std::int64_t SqlStudentChats::count(AccountId account, std::optional<chat::StudentStatus> status) {
  return counts_.of(account, status);
}

std::vector<chat::WaitingChat> SqlStudentChats::longest_waiting(int limit) {
  std::vector<chat::WaitingChat> waiting;
  for (auto rows = db_.read("SELECT account, room, waiting_since FROM student_chat"
                            " WHERE waiting_since > 0 ORDER BY waiting_since LIMIT $1",
                            limit);
       rows.next();)
    waiting.push_back({rows.get<AccountId>(0), rows.get<RoomId>(1), rows.get<Timestamp>(2)});
  return waiting;
}

}  // namespace parlor::store::sql
