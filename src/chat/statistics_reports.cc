#include "chat/statistics_reports.h"

#include <algorithm>
#include <map>

#include "chat/access.h"
#include "chat/dates.h"

namespace parlor::chat {

namespace {

void add(WaitTotal& total, const WaitTotal& more) {
  total.waits += more.waits;
  total.total_ms += more.total_ms;
}

std::optional<std::int64_t> mean(const WaitTotal& total) {
  if (total.waits == 0) return std::nullopt;
  return total.total_ms / total.waits;
}

WaitTotal recent_waits(Transaction& transaction, AccountId account, InboxId inbox) {
  const auto today = day_of(transaction.now());
  return transaction.statistics().waits(account, inbox, today - kAverageDays + 1, today);
}

bool is_active(const Agent& agent) { return agent.availability == Availability::active; }

// Whose work a report is about.
struct Subjects {
  std::vector<InboxId> inboxes;
  std::vector<Agent> agents;
};

Result<std::vector<InboxId>> reported_inboxes(Transaction& transaction, const Actor& actor,
                                              const GetReport& input) {
  if (input.inbox) {
    const auto inbox = access_inbox(transaction, actor, *input.inbox);
    if (!inbox) return inbox.failure();
    return std::vector{inbox->id};
  }
  if (!actor.is_admin()) return transaction.inboxes().of_member(actor.account, actor.conversation);
  std::vector<InboxId> all;
  for (const Inbox& inbox : transaction.inboxes().list(actor.account)) all.push_back(inbox.id);
  return all;
}

Result<Subjects> subjects_of(Transaction& transaction, const Actor& actor, const GetReport& input) {
  auto inboxes = reported_inboxes(transaction, actor, input);
  if (!inboxes) return inboxes.failure();
  Subjects subjects{std::move(*inboxes), {}};
  if (!input.agent && actor.is_admin()) {
    subjects.agents = transaction.agents().list(actor.account);
    return subjects;
  }
  const auto wanted = input.agent.value_or(actor.conversation);
  auto agent = transaction.agents().find_by_conversation(actor.account, wanted);
  if (!agent) return fail(ErrorCode::not_found, "Agent not found");
  if (!actor.is_admin() && wanted != actor.conversation) {
    return fail(ErrorCode::forbidden, "Another agent's statistics are for admins");
  }
  subjects.agents.push_back(std::move(*agent));
  return subjects;
}

Result<Ok> choose_days(const GetReport& input, std::int64_t today, Report& report) {
  report.to = input.to.value_or(today);
  report.from = input.from.value_or(report.to - kAverageDays + 1);
  if (report.from > report.to) return fail(ErrorCode::invalid, "from must not be after to");
  if (report.to - report.from >= kMaxReportDays) {
    return fail(ErrorCode::invalid,
                "A report covers at most " + std::to_string(kMaxReportDays) + " days");
  }
  return Ok{};
}

void add_everybody(Transaction& transaction, AccountId account, InboxId inbox, Report& report) {
  for (const auto& [day, counts] :
       transaction.statistics().days(account, {}, inbox, report.from, report.to)) {
    report.days[static_cast<std::size_t>(day - report.from)].counts.merge(counts);
  }
}

// The agent's work in all inboxes; how many days of it there are.
std::size_t add_agent(Transaction& transaction, const std::vector<InboxId>& inboxes,
                      const Agent& agent, Report& report) {
  std::map<std::int64_t, DayCounts> days;
  for (const InboxId inbox : inboxes) {
    for (const auto& [day, counts] : transaction.statistics().days(
             agent.account, agent.conversation, inbox, report.from, report.to)) {
      days[day].merge(counts);
    }
  }
  if (days.empty()) return 0;
  auto& whole = report.agents.emplace_back(AgentCounts{agent.conversation, agent.name, {}});
  for (auto& [day, counts] : days) {
    whole.counts.merge(counts);
    auto& reported = report.days[static_cast<std::size_t>(day - report.from)];
    reported.agents.push_back({agent.conversation, {}, std::move(counts)});
  }
  return days.size();
}

}  // namespace

Result<Dashboard> get_dashboard(Transaction& transaction, const Actor& actor, const GetDashboard&) {
  if (auto team = require_team(actor); !team) return team.failure();
  Dashboard dashboard;
  auto& counters = transaction.room_counters();
  dashboard.rooms = counters.of_account(actor.account);
  dashboard.current_load = dashboard.rooms.open - counters.unassigned(actor.account).open;
  WaitTotal waits;
  for (const Inbox& inbox : transaction.inboxes().list(actor.account)) {
    add(waits, recent_waits(transaction, actor.account, inbox.id));
  }
  dashboard.average_response_ms = mean(waits);
  for (const Agent& agent : transaction.agents().list(actor.account)) {
    if (!is_active(agent)) continue;
    dashboard.active_agents += 1;
    if (agent.has_seat &&
        current_load(transaction, actor.account, agent.conversation) < agent.capacity) {
      dashboard.available_seats += 1;
    }
  }
  return dashboard;
}

InboxStatistics inbox_statistics(Transaction& transaction, AccountId account, InboxId inbox) {
  const auto rooms = transaction.room_counters().of_inbox(account, inbox);
  return {rooms.total(), rooms.open, mean(recent_waits(transaction, account, inbox))};
}

std::int64_t current_load(Transaction& transaction, AccountId account, ConversationId agent) {
  return transaction.room_counters().assigned_to(account, agent).open;
}

Result<Report> get_report(Transaction& transaction, const Actor& actor, const GetReport& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  Report report;
  if (auto chosen = choose_days(input, day_of(transaction.now()), report); !chosen) {
    return chosen.failure();
  }
  const auto subjects = subjects_of(transaction, actor, input);
  if (!subjects) return subjects.failure();
  for (auto day = report.from; day <= report.to; ++day) report.days.push_back({day, {}, {}});

  std::size_t entries = 0;
  for (const Agent& agent : subjects->agents) {
    entries += add_agent(transaction, subjects->inboxes, agent, report);
    if (entries > kMaxReportEntries) {
      return fail(ErrorCode::invalid, "Too much for one report: ask for fewer days, or one agent");
    }
  }
  if (!input.agent) {
    for (const InboxId inbox : subjects->inboxes) {
      add_everybody(transaction, actor.account, inbox, report);
    }
  }
  for (ReportDay& day : report.days) {
    if (input.agent && !day.agents.empty()) day.counts = day.agents.front().counts;
    report.total.merge(day.counts);
  }
  return report;
}

Result<InboxForVisitors> get_inbox_for_visitors(Transaction& transaction, AccountId account,
                                                const InboxId& id) {
  auto inbox = transaction.inboxes().find(account, id);
  if (!inbox) return fail(ErrorCode::not_found, "Inbox not found");
  InboxForVisitors shown;
  shown.opening = opening_at(inbox->hours, transaction.now(), transaction.time_zones());
  for (const ConversationId member : transaction.inboxes().members(account, id)) {
    const auto agent = transaction.agents().find_by_conversation(account, member);
    if (agent && is_active(*agent)) shown.agents_online += 1;
  }
  shown.attachment_bytes = transaction.account_settings().find(account).attachment_bytes;
  const auto waits = recent_waits(transaction, account, id);
  if (waits.waits >= kMinReplySamples) shown.typical_reply_ms = mean(waits);
  shown.inbox = std::move(*inbox);
  return shown;
}

}  // namespace parlor::chat
