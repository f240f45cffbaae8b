#include "chat/bot_report.h"

#include <algorithm>
#include <utility>

#include "chat/dates.h"
#include "chat/student_inbox.h"

namespace parlor::chat {

namespace {

constexpr int kUsualDays = 30;

void add(BotWork& work, const CountedFact& counted, std::int64_t today) {
  const auto& [fact, count] = counted;
  // Who was helped yesterday may still write today.
  const bool is_settled = fact.day + 1 < today;
  switch (fact.kind) {
    case BotFactKind::message:
      work.messages += count;
      break;
    case BotFactKind::answered:
      work.answered += count;
      break;
    case BotFactKind::escalated:
      work.escalated += count;
      work.escalated_why[fact.reason] += count;
      break;
    case BotFactKind::guided:
      if (is_settled) work.resolved_assumed += count;
      break;
    case BotFactKind::confirmed:
    case BotFactKind::given_up:
      if (is_settled) work.resolved_assumed -= count;
      break;
    case BotFactKind::resolved:
      work.resolved_confirmed += count;
      break;
    case BotFactKind::came_back:
      work.back_within_24h += count;
      break;
  }
}

}  // namespace

void BotWork::add(const BotWork& other) {
  messages += other.messages;
  answered += other.answered;
  escalated += other.escalated;
  for (const auto& [reason, count] : other.escalated_why) escalated_why[reason] += count;
  resolved_confirmed += other.resolved_confirmed;
  resolved_assumed += other.resolved_assumed;
  back_within_24h += other.back_within_24h;
}

Result<BotReport> report_bot(Transaction& transaction, const Actor& actor,
                             const BotReportQuery& input) {
  if (auto admin = require_student_admin(transaction, actor); !admin) return admin.failure();
  const auto today = day_of(transaction.now());
  BotReport report;
  report.to = input.to.value_or(today);
  report.from = input.from.value_or(report.to - kUsualDays + 1);
  if (report.from > report.to) return fail(ErrorCode::invalid, "from must not be after to");
  if (report.to - report.from >= kMaxReportedDays) {
    return fail(ErrorCode::invalid,
                "A report covers at most " + std::to_string(kMaxReportedDays) + " days");
  }
  std::map<std::pair<std::string, std::string>, BotWork> parts;
  for (const auto& counted :
       transaction.bot_facts().between(actor.account, report.from, report.to)) {
    add(parts[{counted.fact.intent, counted.fact.language}], counted, today);
  }
  for (auto& [key, work] : parts) {
    work.resolved_assumed = std::max<std::int64_t>(0, work.resolved_assumed);
    report.total.add(work);
    report.parts.push_back({key.first, key.second, std::move(work)});
  }
  return report;
}

}  // namespace parlor::chat
