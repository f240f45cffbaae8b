#include "dialects/student/bot_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "chat/bot_intents.h"
#include "chat/bot_report.h"
#include "chat/dates.h"
#include "chat/names.h"
#include "dialects/student/decode.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

Result<std::optional<std::int64_t>> day_in(const net::HttpRequest& request, std::string_view name) {
  const auto text = request.query().get(name);
  if (!text || text->empty()) return std::optional<std::int64_t>();
  constexpr std::size_t kDate = 10;  // of a time, its day
  const auto day = chat::parse_date(text->substr(0, kDate));
  if (!day) return fail(ErrorCode::invalid, std::string(name) + " must be a date: 2026-10-01");
  return day;
}

Result<chat::BotReportQuery> decode_report(const net::HttpRequest& request) {
  const auto from = day_in(request, "from");
  if (!from) return from.failure();
  const auto to = day_in(request, "to");
  if (!to) return to.failure();
  return chat::BotReportQuery{*from, *to};
}

json::object work_json(const chat::BotWork& work) {
  json::object why;
  for (const auto& [reason, count] : work.escalated_why) why[reason] = count;
  return {{"messages", work.messages},
          {"answered", work.answered},
          {"escalated", work.escalated},
          {"escalated_why", std::move(why)},
          {"resolved", json::object{{"confirmed", work.resolved_confirmed},
                                    {"assumed", work.resolved_assumed}}},
          {"back_within_24h", work.back_within_24h}};
}

net::HttpResponse encode_report(const chat::Actor&, const chat::BotReportQuery&,
                                const chat::BotReport& report) {
  json::array parts;
  for (const auto& part : report.parts) {
    auto object = work_json(part.work);
    object["intent"] = text_or_null(part.intent);
    object["language"] = text_or_null(part.language);
    parts.push_back(std::move(object));
  }
  const json::object body = {{"from", chat::spell_date(report.from)},
                             {"to", chat::spell_date(report.to)},
                             {"total", work_json(report.total)},
                             {"intents", std::move(parts)}};
  return net::HttpResponse::json(200, json::serialize(body));
}

// The document as it was written: its line numbers are those of error messages.
net::HttpResponse encode_intents(const chat::Actor&, const chat::ReadIntents&,
                                 const chat::IntentsView& view) {
  auto response = net::HttpResponse::json(200, view.text);
  response.headers.set("X-Intents", view.is_own ? "own" : "built-in");
  return response;
}

json::value reply_json(const std::optional<chat::BotReply>& reply) {
  if (!reply) return nullptr;
  json::array quick;
  for (const auto& each : reply->quick_replies) {
    quick.push_back(json::object{{"id", each.id}, {"text", each.text}});
  }
  return json::object{{"kind", reply->kind},
                      {"text", reply->text},
                      {"language", reply->language},
                      {"quick_replies", std::move(quick)}};
}

net::HttpResponse encode_trial(const chat::Actor&, const chat::TryBot&,
                               const chat::BotTrial& trial) {
  json::array intents;
  for (const auto& scored : trial.intents) {
    intents.push_back(json::object{{"intent", scored.name}, {"confidence", scored.confidence}});
  }
  const auto& decision = trial.decision;
  const json::object body = {{"language", text_or_null(trial.language)},
                             {"control", trial.control},
                             {"intent", text_or_null(decision.intent)},
                             {"intents", std::move(intents)},
                             {"faq", text_or_null(trial.question)},
                             {"status", chat::name_of(decision.status)},
                             {"reply", reply_json(decision.reply)},
                             {"escalation_reason", text_or_null(decision.escalation.value_or(""))}};
  return net::HttpResponse::json(200, json::serialize(body));
}

// Trained by the workshop; answered when the new ones are in force, or refused.
net::HttpHandler serve_replacement(const Parts& parts) {
  return [&services = parts.services, &workshop = parts.workshop](net::HttpRequest request,
                                                                  net::Responder respond) {
    identify(services, Callers::agents, std::move(request), std::move(respond),
             [&services, &workshop](Caller caller, net::HttpRequest asked, net::Responder answer) {
               auto shared = std::make_shared<net::Responder>(std::move(answer));
               workshop.replace_intents(
                   std::move(caller), std::move(asked.body),
                   [&services, shared](const Result<Ok>& replaced) {
                     if (!replaced) return (*shared)(services.encode_error(replaced.error()));
                     (*shared)(net::HttpResponse::json(200, R"({"message":"Intents updated"})"));
                   });
             });
  };
}

}  // namespace

void add_bot_calls(net::Router& router, const Parts& parts) {
  using net::Method;
  const auto& services = parts.services;
  router.add(Method::get, parts.path("/bot/stats"),
             serve(services, Endpoint<chat::BotReportQuery, chat::BotReport>{
                                 Callers::agents, Access::read, decode_report, chat::report_bot,
                                 encode_report}));
  router.add(Method::get, parts.path("/bot/intents"),
             serve(services, Endpoint<chat::ReadIntents, chat::IntentsView>{
                                 Callers::agents, Access::read,
                                 [responder = parts.responder](const net::HttpRequest&) {
                                   return Result<chat::ReadIntents>(chat::ReadIntents{responder});
                                 },
                                 chat::get_intents, encode_intents}));
  net::RouteOptions options;
  options.max_body_bytes = chat::kMaxIntentsBytes;
  router.add(Method::put, parts.path("/bot/intents"), serve_replacement(parts), options);
  router.add(Method::post, parts.path("/bot/test"),
             serve(services, Endpoint<chat::TryBot, chat::BotTrial>{Callers::agents, Access::read,
                                                                    read_trial(parts.responder),
                                                                    chat::try_bot, encode_trial}));
}

}  // namespace parlor::dialects::student
