#include "dialects/student/faq_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/bot_intents.h"
#include "chat/questions.h"
#include "dialects/student/decode.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

Result<QuestionId> question_id_of(const net::HttpRequest& request) {
  if (const auto id = id_of<QuestionId>(request.param("id"))) return *id;
  return fail(ErrorCode::invalid, "Invalid FAQ id");
}

Result<chat::WriteQuestion> decode_fields(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::WriteQuestion input;
  input.question = body.optional_string("question");
  input.answer = body.optional_string("answer");
  input.language = body.optional_string("language");
  input.keywords = body.optional_strings("keywords");
  input.is_published = body.optional_bool("is_published");
  input.client_id = client_id_of(request, body);
  if (const auto priority = body.optional_integer("priority")) {
    input.priority = static_cast<int>(std::clamp<std::int64_t>(*priority, INT32_MIN, INT32_MAX));
  }
  if (body.complaint()) return body.failure();
  return input;
}

Result<chat::WriteQuestion> decode_new(const net::HttpRequest& request) {
  return decode_fields(request);
}

Result<chat::WriteQuestion> decode_changes(const net::HttpRequest& request) {
  const auto id = question_id_of(request);
  if (!id) return id.failure();
  auto input = decode_fields(request);
  if (input) input->id = *id;
  return input;
}

net::HttpResponse encode_question(const chat::Actor&, const chat::WriteQuestion& input,
                                  const chat::Question& question) {
  return net::HttpResponse::json(
      input.id ? 200 : 201, json::serialize(json::object{{"faq", full_question_json(question)}}));
}

Result<chat::ListQuestions> decode_list(const net::HttpRequest& request) {
  return chat::ListQuestions{std::string(request.query().get("lang").value_or("")),
                             std::string(request.query().get("q").value_or(""))};
}

net::HttpResponse encode_list(const chat::Actor&, const chat::ListQuestions&,
                              const std::vector<chat::Question>& questions) {
  json::array faqs;
  for (const auto& question : questions) faqs.push_back(full_question_json(question));
  return net::HttpResponse::json(200, json::serialize(json::object{{"faqs", std::move(faqs)}}));
}

net::HttpResponse encode_deleted(const chat::Actor&, const QuestionId&, const Ok&) {
  return net::HttpResponse::json(200, R"({"message":"FAQ deleted"})");
}

net::HttpResponse encode_match(const chat::Actor&, const chat::TryBot&,
                               const chat::BotTrial& trial) {
  json::object body = {{"matched", !trial.question.empty()}, {"faq", nullptr}};
  if (!trial.question.empty()) {
    body["faq"] = json::object{{"question", trial.question}, {"answer", trial.answer}};
    body["score"] = trial.question_score;
  }
  return net::HttpResponse::json(200, json::serialize(body));
}

}  // namespace

void add_faq_calls(net::Router& router, const Parts& parts) {
  using net::Method;
  const auto& services = parts.services;
  router.add(Method::post, parts.path("/faq"),
             serve(services, Endpoint<chat::WriteQuestion, chat::Question>{
                                 Callers::agents, Access::write, decode_new, chat::write_question,
                                 encode_question}));
  router.add(Method::get, parts.path("/faq/admin"),
             serve(services, Endpoint<chat::ListQuestions, std::vector<chat::Question>>{
                                 Callers::agents, Access::read, decode_list,
                                 chat::list_all_questions, encode_list}));
  router.add(Method::put, parts.path("/faq/:id"),
             serve(services, Endpoint<chat::WriteQuestion, chat::Question>{
                                 Callers::agents, Access::write, decode_changes,
                                 chat::write_question, encode_question}));
  router.add(
      Method::del, parts.path("/faq/:id"),
      serve(services, Endpoint<QuestionId, Ok>{Callers::agents, Access::write, question_id_of,
                                               chat::remove_question, encode_deleted}));
  router.add(Method::post, parts.path("/faq/test-match"),
             serve(services, Endpoint<chat::TryBot, chat::BotTrial>{Callers::agents, Access::read,
                                                                    read_trial(parts.responder),
                                                                    chat::try_bot, encode_match}));
}

}  // namespace parlor::dialects::student
