#include "store/sql/statistics.h"

#include <charconv>
#include <map>
#include <stdexcept>

namespace parlor::store::sql {
namespace {

using Buckets = std::map<int, std::int64_t>;

// A histogram is text, "bucket:count " for each bucket that is not empty, in order.
std::string encode(const Buckets& buckets) {
  std::string text;
  for (const auto& [bucket, count] : buckets) {
    text += std::to_string(bucket);
    text += ':';
    text += std::to_string(count);
    text += ' ';
  }
  return text;
}

Buckets decode_buckets(std::string_view text) {
  Buckets buckets;
  const auto* at = text.data();
  const auto* const end = at + text.size();
  const auto number = [&](auto& value, char behind) {
    const auto parsed = std::from_chars(at, end, value);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != behind)
      throw std::runtime_error("a stored histogram is damaged");
    at = parsed.ptr + 1;
  };
  while (at < end) {
    int bucket = 0;
    std::int64_t count = 0;
    number(bucket, ':');
    number(count, ' ');
    buckets[bucket] += count;
  }
  return buckets;
}

bool has_times(const chat::DayCounts& counts) {
  return counts.waits.count() > 0 || counts.first_responses.count() > 0;
}

}  // namespace

void SqlStatistics::write() {
  write_gathered([&](const chat::StatisticsKey& key, const chat::DayCounts& counts) {
    write_row(key, counts);
    if (has_times(counts)) write_times(key, counts);
  });
}

void SqlStatistics::write_row(const chat::StatisticsKey& key, const chat::DayCounts& counts) {
  db_.write(
      "INSERT INTO statistics VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
      " $15, '', '') ON CONFLICT DO UPDATE SET new_rooms = new_rooms + $5,"
      " closed_rooms = closed_rooms + $6, customer_messages = customer_messages + $7,"
      " team_messages = team_messages + $8, bot_answered = bot_answered + $9,"
      " bot_escalated = bot_escalated + $10, bot_resolved = bot_resolved + $11,"
      " first_responses = first_responses + $12, first_response_ms = first_response_ms + $13,"
      " waits = waits + $14, wait_ms = wait_ms + $15",
      key.account, key.agent, key.inbox, key.day, counts.new_rooms, counts.closed_rooms,
      counts.customer_messages, counts.team_messages, counts.bot_answered, counts.bot_escalated,
      counts.bot_resolved, counts.first_responses.count(), counts.first_responses.total_ms(),
      counts.waits.count(), counts.waits.total_ms());
}

void SqlStatistics::write_times(const chat::StatisticsKey& key, const chat::DayCounts& counts) {
  Buckets first_responses;
  Buckets waits;
  {
    auto rows = db_.read(
        "SELECT first_response_times, wait_times FROM statistics"
        " WHERE account = $1 AND agent = $2 AND inbox = $3 AND day = $4",
        key.account, key.agent, key.inbox, key.day);
    if (rows.next()) {
      first_responses = decode_buckets(rows.text(0));
      waits = decode_buckets(rows.text(1));
    }
  }
  for (const auto& [bucket, count] : counts.first_responses.buckets())
    first_responses[bucket] += count;
  for (const auto& [bucket, count] : counts.waits.buckets()) waits[bucket] += count;
  db_.write(
      "UPDATE statistics SET first_response_times = $5, wait_times = $6"
      " WHERE account = $1 AND agent = $2 AND inbox = $3 AND day = $4",
      key.account, key.agent, key.inbox, key.day, encode(first_responses), encode(waits));
}

template <class Take>
void SqlStatistics::each_day(const chat::StatisticsKey& first, std::int64_t last_day,
                             Take take) const {
  auto last = first;
  last.day = last_day;
  each_gathered([&](const chat::StatisticsKey& key, const chat::DayCounts& counts) {
    if (first <= key && key <= last) take(key.day, counts);
  });
}

std::vector<chat::StatisticsDay> SqlStatistics::days(AccountId account, ConversationId agent,
                                                     InboxId inbox, std::int64_t first_day,
                                                     std::int64_t last_day) {
  std::map<std::int64_t, chat::DayCounts> days;
  for (auto rows = db_.read(
           "SELECT day, new_rooms, closed_rooms, customer_messages, team_messages, bot_answered,"
           " bot_escalated, bot_resolved, first_response_ms, wait_ms, first_response_times,"
           " wait_times FROM statistics"
           " WHERE account = $1 AND agent = $2 AND inbox = $3 AND day BETWEEN $4 AND $5",
           account, agent, inbox, first_day, last_day);
       rows.next();) {
    std::int64_t day = 0;
    std::int64_t first_response_ms = 0;
    std::int64_t wait_ms = 0;
    chat::DayCounts counts;
    rows.read(std::tie(day, counts.new_rooms, counts.closed_rooms, counts.customer_messages,
                       counts.team_messages, counts.bot_answered, counts.bot_escalated,
                       counts.bot_resolved, first_response_ms, wait_ms));
    constexpr int kTimes = 10;
    counts.first_responses =
        chat::Durations::of(first_response_ms, decode_buckets(rows.text(kTimes)));
    counts.waits = chat::Durations::of(wait_ms, decode_buckets(rows.text(kTimes + 1)));
    days.emplace(day, std::move(counts));
  }
  each_day({account, agent, inbox, first_day}, last_day,
           [&](std::int64_t day, const chat::DayCounts& counts) { days[day].merge(counts); });
  std::vector<chat::StatisticsDay> list;
  list.reserve(days.size());
  for (auto& [day, counts] : days) list.push_back({day, std::move(counts)});
  return list;
}

chat::WaitTotal SqlStatistics::waits(AccountId account, InboxId inbox, std::int64_t first_day,
                                     std::int64_t last_day) {
  chat::WaitTotal total;
  for (auto rows =
           db_.read("SELECT waits, wait_ms FROM statistics"
                    " WHERE account = $1 AND agent = 0 AND inbox = $2 AND day BETWEEN $3 AND $4",
                    account, inbox, first_day, last_day);
       rows.next();) {
    total.waits += rows.integer(0);
    total.total_ms += rows.integer(1);
  }
  each_day({account, {}, inbox, first_day}, last_day,
           [&](std::int64_t, const chat::DayCounts& counts) {
             total.waits += counts.waits.count();
             total.total_ms += counts.waits.total_ms();
           });
  return total;
}

}  // namespace parlor::store::sql
