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
#include "store/sql/gathered.h"

namespace parlor::store::sql {

// Where a student's chat stands in its lists.
struct StudentPlace {
  chat::StudentStatus status = chat::StudentStatus::bot_handling;
  Timestamp last_activity;
  Timestamp waiting_since;

  friend bool operator==(const StudentPlace&, const StudentPlace&) = default;
};

std::optional<StudentPlace> student_place_of(const chat::Room& room);

struct StudentCountKey {
  AccountId account;
  chat::StudentStatus status = chat::StudentStatus::bot_handling;

  friend auto operator<=>(const StudentCountKey&, const StudentCountKey&) = default;
};

class StudentCounts final : public Gathered<StudentCountKey, std::int64_t> {
 public:
  explicit StudentCounts(Connection& db) : db_(db) {}

  void write();

  void add(AccountId account, chat::StudentStatus status, int change);
  // Of one status, or of all.
  std::int64_t of(AccountId account, std::optional<chat::StudentStatus> status);

 private:
  Connection& db_;
};

// Kept by SqlRooms.
class StudentLists {
 public:
  StudentLists(Connection& db, StudentCounts& counts) : db_(db), counts_(counts) {}
  void insert(const chat::Room& room, const StudentPlace& place);
  void move(const chat::Room& room, const std::optional<StudentPlace>& from,
            const StudentPlace& to);

 private:
  Connection& db_;
  StudentCounts& counts_;
};

class SqlStudentChats final : public chat::StudentChats {
 public:
  SqlStudentChats(Connection& db, StudentCounts& counts) : db_(db), counts_(counts) {}
  std::optional<RoomId> of_contact(AccountId account, ContactId contact) override;
  std::vector<RoomId> page(AccountId account, std::optional<chat::StudentStatus> status, int offset,
                           int limit) override;
  std::int64_t count(AccountId account, std::optional<chat::StudentStatus> status) override;
  std::vector<chat::WaitingChat> longest_waiting(int limit) override;

 private:
  Connection& db_;
  StudentCounts& counts_;
};

}  // namespace parlor::store::sql
