#include "dialects/conversation/statistics_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/dates.h"
#include "chat/statistics_reports.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

net::HttpResponse ok(json::object data) {
  return net::HttpResponse::json(
      200, json::serialize(json::object{{"success", true}, {"data", std::move(data)}}));
}

// Seconds, as clients are told times; null when there is none.
json::value seconds(std::optional<std::int64_t> ms) {
  if (!ms) return nullptr;
  return (*ms + 500) / 1'000;
}

net::HttpResponse encode_dashboard(const chat::Actor&, const chat::GetDashboard&,
                                   const chat::Dashboard& dashboard) {
  return ok({{"total_rooms", dashboard.rooms.total()},
             {"open_rooms", dashboard.rooms.open},
             {"pending_rooms", dashboard.rooms.pending},
             {"closed_rooms", dashboard.rooms.closed},
             {"avg_response_time", seconds(dashboard.average_response_ms.value_or(0))},
             {"agent_stats", json::object{{"active_agents", dashboard.active_agents},
                                          {"available_seats", dashboard.available_seats},
                                          {"current_load", dashboard.current_load}}}});
}

Result<std::optional<std::int64_t>> day_in(const net::QueryParams& query, std::string_view name) {
  const auto text = query.get(name);
  if (!text || text->empty()) return std::optional<std::int64_t>();
  if (const auto day = chat::parse_date(*text)) return day;
  return fail(ErrorCode::invalid, std::string(name) + " must be a date, such as 2026-12-31");
}

Result<chat::GetReport> decode_report(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::GetReport input;
  const auto from = day_in(query, "from");
  if (!from) return from.failure();
  input.from = *from;
  const auto to = day_in(query, "to");
  if (!to) return to.failure();
  input.to = *to;
  if (const auto inbox = query.get("inbox_id"); inbox && !inbox->empty()) {
    const auto id = id_of<InboxId>(*inbox, "Inbox");
    if (!id) return id.failure();
    input.inbox = *id;
  }
  if (const auto agent = query.get("agent"); agent && !agent->empty()) {
    const auto id = id_of<ConversationId>(*agent, "Agent");
    if (!id) return id.failure();
    input.agent = *id;
  }
  return input;
}

json::object durations_json(const chat::Durations& durations) {
  return {{"count", durations.count()},
          {"mean", seconds(durations.mean_ms())},
          {"median", seconds(durations.quantile_ms(0.5))},
          {"p90", seconds(durations.quantile_ms(0.9))}};
}

// Adds the counts to what says whose they are.
json::object with_counts(json::object of, const chat::DayCounts& counts) {
  of["new"] = counts.new_rooms;
  of["closed"] = counts.closed_rooms;
  of["first_response"] = durations_json(counts.first_responses);
  of["wait"] = durations_json(counts.waits);
  of["messages"] =
      json::object{{"customer", counts.customer_messages}, {"team", counts.team_messages}};
  return of;
}

json::object with_bot(json::object of, const chat::DayCounts& counts) {
  of["bot"] = json::object{{"answered", counts.bot_answered},
                           {"escalated", counts.bot_escalated},
                           {"resolved", counts.bot_resolved}};
  return of;
}

json::object day_json(const chat::ReportDay& day) {
  auto entry = with_bot(with_counts({{"date", chat::spell_date(day.day)}}, day.counts), day.counts);
  json::array agents;
  for (const auto& agent : day.agents) {
    agents.push_back(with_counts({{"conversation_id", to_hex(agent.agent)}}, agent.counts));
  }
  entry["agents"] = std::move(agents);
  return entry;
}

net::HttpResponse encode_report(const chat::Actor&, const chat::GetReport&,
                                const chat::Report& report) {
  json::array days;
  for (const auto& day : report.days) days.push_back(day_json(day));
  json::array agents;
  for (const auto& agent : report.agents) {
    agents.push_back(with_counts({{"conversation_id", to_hex(agent.agent)}, {"name", agent.name}},
                                 agent.counts));
  }
  return ok({{"from", chat::spell_date(report.from)},
             {"to", chat::spell_date(report.to)},
             {"timezone", "UTC"},
             {"days", std::move(days)},
             {"total", with_bot(with_counts({}, report.total), report.total)},
             {"agents", std::move(agents)}});
}

// Asked before there is a visitor: the site's token is enough, and is looked at before the input.
struct AskInbox {
  chat::VisitorCredentials credentials;
  Result<InboxId> inbox;
};

Result<AskInbox> decode_inbox(const net::HttpRequest& request) {
  return AskInbox{visitor_credentials(request),
                  required_id<InboxId>(request.query().get("inbox_id"), "inbox_id", "Inbox")};
}

Result<chat::InboxForVisitors> get_inbox_at_site(chat::Transaction& transaction, const chat::Actor&,
                                                 const AskInbox& input) {
  const auto site = chat::authenticate_site(transaction, input.credentials.support_token,
                                            input.credentials.origin);
  if (!site) return site.failure();
  if (!input.inbox) return input.inbox.failure();
  return chat::get_inbox_for_visitors(transaction, site->account, *input.inbox);
}

net::HttpResponse encode_inbox(const chat::Actor&, const AskInbox&,
                               const chat::InboxForVisitors& shown) {
  const auto& fields = shown.inbox.pre_chat_fields;
  json::value opens_at;
  if (shown.opening.opens_at) opens_at = to_iso8601(*shown.opening.opens_at);
  return ok({{"inbox", json::object{{"name", shown.inbox.name}, {"icon", shown.inbox.icon}}},
             {"open", shown.opening.open},
             {"opens_at", std::move(opens_at)},
             {"away_message", shown.inbox.away_message},
             {"agents_online", shown.agents_online},
             {"typical_reply_seconds", seconds(shown.typical_reply_ms)},
             {"pre_chat_fields", json::array(fields.begin(), fields.end())},
             {"limits", json::object{{"message_characters", chat::kMaxContentCharacters},
                                     {"attachments", chat::kMaxAttachments},
                                     {"attachment_bytes", shown.attachment_bytes}}}});
}

}  // namespace

void add_statistics_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::get, base + "/widget",
             serve(services, Endpoint<chat::GetDashboard, chat::Dashboard>{
                                 Callers::agents, Access::read,
                                 [](const net::HttpRequest&) -> Result<chat::GetDashboard> {
                                   return chat::GetDashboard{};
                                 },
                                 chat::get_dashboard, encode_dashboard}));
  router.add(Method::get, base + "/stats",
             serve(services, Endpoint<chat::GetReport, chat::Report>{
                                 Callers::agents, Access::read, decode_report, chat::get_report,
                                 encode_report}));
  router.add(Method::get, base + "/user/widget",
             serve(services, Endpoint<AskInbox, chat::InboxForVisitors>{
                                 Callers::anyone, Access::read, decode_inbox, get_inbox_at_site,
                                 encode_inbox}));
}

}  // namespace parlor::dialects::conversation
