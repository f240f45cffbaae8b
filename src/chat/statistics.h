// What an account's work comes to, counted as it happens: by day (UTC), inbox and agent. Nothing is
// ever scanned to find it.
//
// The repository is part of a Transaction (transaction.h). What is added counts only if the
// transaction commits, once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/durations.h"

namespace parlor::chat {

struct DayCounts {
  std::int64_t new_rooms = 0;
  std::int64_t closed_rooms = 0;
  std::int64_t customer_messages = 0;
  std::int64_t team_messages = 0;  // notes are none
  std::int64_t bot_answered = 0;   // messages that the bot answered
  std::int64_t bot_escalated = 0;  // rooms that it handed to people
  std::int64_t bot_resolved = 0;   // rooms that ended without people
  Durations first_responses;       // of rooms: from the customer's message to the first answer
  Durations waits;                 // the same for every time that a customer waited

  void merge(const DayCounts& other);
};

// Whose work on which day: one agent's, or (agent 0) everybody's, customers and bot included.
struct StatisticsKey {
  AccountId account;
  ConversationId agent;
  InboxId inbox;
  std::int64_t day = 0;  // dates.h

  friend auto operator<=>(const StatisticsKey&, const StatisticsKey&) = default;
};

struct StatisticsDay {
  std::int64_t day = 0;
  DayCounts counts;
};

// Sums of times, for averages over many days.
struct WaitTotal {
  std::int64_t waits = 0;
  std::int64_t total_ms = 0;
};

class Statistics {
 public:
  virtual ~Statistics() = default;
  // To what is there.
  virtual void add(const StatisticsKey&, const DayCounts&) = 0;
  // Days without work are left out; the earliest first. Reads as many rows as it answers.
  virtual std::vector<StatisticsDay> days(AccountId, ConversationId agent, InboxId,
                                          std::int64_t first_day, std::int64_t last_day) = 0;
  virtual WaitTotal waits(AccountId, InboxId, std::int64_t first_day, std::int64_t last_day) = 0;
};

// How many rooms there are now, by counters.
struct RoomCounts {
  std::int64_t open = 0;
  std::int64_t pending = 0;
  std::int64_t closed = 0;

  std::int64_t total() const { return open + pending + closed; }
};

class RoomCounters {
 public:
  virtual ~RoomCounters() = default;
  virtual RoomCounts of_account(AccountId) = 0;
  virtual RoomCounts of_inbox(AccountId, InboxId) = 0;
  virtual RoomCounts assigned_to(AccountId, ConversationId agent) = 0;
  virtual RoomCounts unassigned(AccountId) = 0;
};

}  // namespace parlor::chat
