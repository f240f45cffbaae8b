// What the bot of an account did, from facts counted in the conversations' transactions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr int kMaxReportedDays = 366;

struct BotReportQuery {
  std::optional<std::int64_t> from;  // days (dates.h), both included; absent = 30 days up to `to`
  std::optional<std::int64_t> to;    // absent = today
};
struct BotWork {
  std::int64_t messages = 0;   // of students, while the bot has the chat
  std::int64_t answered = 0;   // of these, those that it answered
  std::int64_t escalated = 0;  // handed to people
  std::map<std::string, std::int64_t> escalated_why;
  std::int64_t resolved_confirmed = 0;  // the student said so
  std::int64_t resolved_assumed = 0;    // helped, and not heard of within a day
  std::int64_t back_within_24h = 0;     // of those that ended with the bot

  void add(const BotWork& other);
};
struct BotWorkOf {
  std::string intent;  // empty = none was found
  std::string language;
  BotWork work;
};
struct BotReport {
  std::int64_t from = 0;
  std::int64_t to = 0;
  BotWork total;
  std::vector<BotWorkOf> parts;  // by intent, then language
};
// For administrators of the student inbox. invalid: more than kMaxReportedDays, or none.
Result<BotReport> report_bot(Transaction& transaction, const Actor& actor,
                             const BotReportQuery& input);

}  // namespace parlor::chat
