// The lists of students' chats, kept by the store with their rooms: part of a Transaction.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/student_chat.h"

namespace parlor::chat {

struct WaitingChat {
  AccountId account;
  RoomId room;
  Timestamp since;
};

class StudentChats {
 public:
  virtual ~StudentChats() = default;
  // A student has one, or none yet.
  virtual std::optional<RoomId> of_contact(AccountId, ContactId) = 0;
  // Newest activity first; of one status, or of all.
  virtual std::vector<RoomId> page(AccountId, std::optional<StudentStatus>, int offset,
                                   int limit) = 0;
  virtual std::int64_t count(AccountId, std::optional<StudentStatus>) = 0;  // by counters
  // Of any account, who has waited longest first: those without an alarm yet.
  virtual std::vector<WaitingChat> longest_waiting(int limit) = 0;
};

}  // namespace parlor::chat
