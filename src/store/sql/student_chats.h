// Students' chats in their lists, kept as rooms change so that nobody ever counts:
//
//   student_chat        (account, contact) -> room; by status and activity, and by waiting
//   student_chat_count  (account, status) -> chats
#pragma once

#include <optional>
#include <vector>

#include "chat/room.h"
#include "chat/student_chats.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

// Where a student's chat stands in its lists.
struct StudentPlace {
  chat::StudentStatus status = chat::StudentStatus::bot_handling;
  Timestamp last_activity;
  Timestamp waiting_since;

  friend bool operator==(const StudentPlace&, const StudentPlace&) = default;
};

std::optional<StudentPlace> student_place_of(const chat::Room& room);

// Kept by SqlRooms.
class StudentLists {
 public:
  explicit StudentLists(Connection& db) : db_(db) {}
  void insert(const chat::Room& room, const StudentPlace& place);
  void move(const chat::Room& room, const std::optional<StudentPlace>& from,
            const StudentPlace& to);

 private:
  void count(AccountId account, chat::StudentStatus status, int change);

  Connection& db_;
};

class SqlStudentChats final : public chat::StudentChats {
 public:
  explicit SqlStudentChats(Connection& db) : db_(db) {}
  std::optional<RoomId> of_contact(AccountId account, ContactId contact) override;
  std::vector<RoomId> page(AccountId account, std::optional<chat::StudentStatus> status, int offset,
                           int limit) override;
  std::int64_t count(AccountId account, std::optional<chat::StudentStatus> status) override;
  std::vector<chat::WaitingChat> longest_waiting(int limit) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
