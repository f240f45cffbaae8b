#include "dialects/student/student_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/questions.h"
#include "chat/student_desk.h"
#include "dialects/common/json_writer.h"
#include "dialects/student/decode.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

constexpr int kUsualLimit = 50;

net::HttpResponse encode_chat(const chat::Actor&, const chat::OpenStudentChat&,
                              const chat::Room& room) {
  return net::HttpResponse::json(200, json::serialize(json::object{{"chat", chat_json(room)}}));
}

Result<chat::StudentHistory> decode_history(const net::HttpRequest& request) {
  chat::StudentHistory history;
  const auto id = chat_id_of(request.param("chatId"));
  if (!id) return id.failure();
  history.chat = *id;
  const auto limit = number_in(request, "limit", kUsualLimit, 1, chat::kMaxStudentPage);
  if (!limit) return limit.failure();
  history.limit = *limit;
  for (const auto& [name, mark] :
       {std::pair{"before", &history.before}, std::pair{"after_id", &history.after}}) {
    const auto text = request.query().get(name);
    if (!text || text->empty()) continue;
    const auto read = mark_of(*text, name);
    if (!read) return read.failure();
    *mark = *read;
  }
  return history;
}

net::HttpResponse encode_page(const Links& links, const chat::Actor&, const chat::StudentHistory&,
                              const chat::StudentPage& page) {
  JsonWriter body;
  body.array("messages", page.messages, [&](const auto& view) {
    return message_json(links, view.message, view.status, page.room.conversation);
  });
  return net::HttpResponse::json(200, body.take());
}

// Whoever has been given the newest page has read it.
std::optional<chat::ReachMessage> reads(const chat::StudentHistory& input,
                                        const chat::StudentPage& page) {
  if (!page.reads_up_to) return std::nullopt;
  return chat::ReachMessage{input.chat, *page.reads_up_to};
}

net::HttpResponse encode_unread(const chat::Actor&, const Ok&, const std::int64_t& count) {
  return net::HttpResponse::json(200, json::serialize(json::object{{"unread_count", count}}));
}

Result<chat::ListQuestions> decode_questions(const net::HttpRequest& request) {
  chat::ListQuestions input;
  input.language = request.query().get("lang").value_or("");
  input.search = request.query().get("q").value_or("");
  if (input.language.empty() || input.language == "en" || input.language == "ar") return input;
  return fail(ErrorCode::invalid, "lang must be one of: en, ar");
}

net::HttpResponse encode_questions(const chat::Actor&, const chat::ListQuestions&,
                                   const std::vector<chat::Question>& questions) {
  json::array faqs;
  for (const auto& question : questions) faqs.push_back(question_json(question));
  return net::HttpResponse::json(200, json::serialize(json::object{{"faqs", std::move(faqs)}}));
}

}  // namespace

void add_student_calls(net::Router& router, const Parts& parts) {
  using net::Method;
  const auto& services = parts.services;
  router.add(
      Method::get, parts.path("/chat"),
      serve(services, Endpoint<chat::OpenStudentChat, chat::Room>{
                          Callers::agents_or_students, Access::write,
                          [responder = parts.responder](const net::HttpRequest&) {
                            return Result<chat::OpenStudentChat>(chat::OpenStudentChat{responder});
                          },
                          chat::get_student_chat, encode_chat}));
  router.add(Method::get, parts.path("/chats/:chatId/messages"),
             serve(services, Endpoint<chat::StudentHistory, chat::StudentPage>{
                                 Callers::agents_or_students, Access::read, decode_history,
                                 chat::read_student_chat, nullptr, reads, encode_page}));
  router.add(Method::get, parts.path("/unread-count"),
             serve(services, Endpoint<Ok, std::int64_t>{
                                 Callers::agents_or_students, Access::read,
                                 [](const net::HttpRequest&) { return Result<Ok>(Ok()); },
                                 chat::count_unread, encode_unread}));
  router.add(Method::get, parts.path("/faq"),
             serve(services, Endpoint<chat::ListQuestions, std::vector<chat::Question>>{
                                 Callers::agents_or_students, Access::read,
                                 [responder = parts.responder](const net::HttpRequest& request) {
                                   auto input = decode_questions(request);
                                   if (input) input->responder = responder;
                                   return input;
                                 },
                                 chat::list_questions, encode_questions}));
}

}  // namespace parlor::dialects::student
