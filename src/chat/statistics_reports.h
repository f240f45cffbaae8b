// What people see of the statistics: the dashboard's figures, an inbox's, a report over days, and
// what a visitor is told before writing.
//
// Counts of rooms are those of this moment, averages those of the last kAverageDays days. All are
// read from counters: an account's number of rooms and messages changes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::int64_t kAverageDays = 30;
inline constexpr std::int64_t kMinReplySamples = 20;  // fewer tell a visitor nothing
inline constexpr std::int64_t kDefaultAttachmentBytes = 25LL * 1024 * 1024;
inline constexpr std::int64_t kMaxReportDays = 366;
inline constexpr std::size_t kMaxReportEntries = 20'000;  // days of agents in one report

struct Dashboard {
  RoomCounts rooms;
  std::optional<std::int64_t> average_response_ms;
  std::int64_t active_agents = 0;
  std::int64_t available_seats = 0;  // active agents with a seat who bear less than their capacity
  std::int64_t current_load = 0;     // open rooms that are assigned
};
// Of the whole account, for every agent of it.
struct GetDashboard {};
Result<Dashboard> get_dashboard(Transaction& transaction, const Actor& actor, const GetDashboard&);

struct InboxStatistics {
  std::int64_t total_conversations = 0;
  std::int64_t active_conversations = 0;  // open ones
  std::optional<std::int64_t> average_response_ms;
};
// For use cases that have decided who may see it.
InboxStatistics inbox_statistics(Transaction& transaction, AccountId account, InboxId inbox);

// Open rooms that the agent bears.
std::int64_t current_load(Transaction& transaction, AccountId account, ConversationId agent);

// Days are numbers (dates.h), both ends included.
struct GetReport {
  std::optional<std::int64_t> from;  // default: so that it covers kAverageDays days
  std::optional<std::int64_t> to;    // default: today
  std::optional<InboxId> inbox;      // default: every inbox that the caller may ask for
  std::optional<ConversationId> agent;
};
struct AgentCounts {
  ConversationId agent;
  std::string name;
  DayCounts counts;
};
struct ReportDay {
  std::int64_t day = 0;
  DayCounts counts;                 // of everybody, or of the agent that was asked for
  std::vector<AgentCounts> agents;  // who worked on that day; names empty
};
struct Report {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::vector<ReportDay> days;  // every day of it
  DayCounts total;
  std::vector<AgentCounts> agents;  // who worked at all, by name
};
// Admins: everything. Agents: inboxes that they are members of, and of the agents themselves only.
// invalid: days in the wrong order or too many; not_found: no such inbox or agent; forbidden.
Result<Report> get_report(Transaction& transaction, const Actor& actor, const GetReport& input);

// What the widget shows before the first message, when there is no visitor yet: any caller with a
// token of the account's web sites may ask.
struct InboxForVisitors {
  Inbox inbox;
  Opening opening;
  std::int64_t agents_online = 0;  // active members
  std::optional<std::int64_t> typical_reply_ms;
  std::int64_t attachment_bytes = kDefaultAttachmentBytes;  // the most that one file may have
};
Result<InboxForVisitors> get_inbox_for_visitors(Transaction& transaction, AccountId account,
                                                const InboxId& inbox);

}  // namespace parlor::chat
