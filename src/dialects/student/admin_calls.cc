#include "dialects/student/admin_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "chat/names.h"
#include "chat/student_desk.h"
#include "dialects/common/decode.h"
#include "dialects/common/json_writer.h"
#include "dialects/student/decode.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

constexpr int kUsualLimit = 50;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

Result<chat::ListStudentChats> decode_list(const net::HttpRequest& request) {
  chat::ListStudentChats input;
  const auto status = enum_of<chat::StudentStatus>(request.query().get("status"), "status");
  if (!status) return status.failure();
  input.status = *status;
  const auto limit = number_in(request, "limit", kUsualLimit, 1, chat::kMaxStudentPage);
  if (!limit) return limit.failure();
  input.limit = *limit;
  const auto offset = number_in(request, "offset", 0, 0, chat::kMaxChatOffset);
  if (!offset) return offset.failure();
  input.offset = *offset;
  input.search = request.query().get("search").value_or("");
  return input;
}

json::object listed_json(const chat::StudentChatView& view) {
  auto object = chat_json(view.room);
  const auto& chat = *view.room.student;
  object["student_name"] = view.student.name;
  object["student_email"] = text_or_null(view.student.email);
  object["unread_count"] = view.unread;
  object["escalation_reason"] = text_or_null(chat.escalation_reason);
  object["escalated_at"] =
      chat.escalated_at == Timestamp{} ? json::value() : json::value(to_iso8601(chat.escalated_at));
  return object;
}

net::HttpResponse encode_list(const chat::Actor&, const chat::ListStudentChats& input,
                              const chat::StudentChatPage& page) {
  json::array chats;
  for (const auto& view : page.chats) chats.push_back(listed_json(view));
  const auto end = input.offset + static_cast<std::int64_t>(page.chats.size());
  const json::object body = {{"chats", std::move(chats)},
                             {"pagination", json::object{{"total", page.total},
                                                         {"limit", input.limit},
                                                         {"offset", input.offset},
                                                         {"has_more", end < page.total}}}};
  return net::HttpResponse::json(200, json::serialize(body));
}

Result<json::object> body_or_empty(const net::HttpRequest& request) {
  return parse_json_object(request.body.empty() ? "{}" : std::string_view(request.body));
}

// A number, or digits in a string.
Result<std::optional<ConversationId>> optional_admin(const json::object& object) {
  const auto* value = object.if_contains("admin_id");
  if (!value || value->is_null()) return std::optional<ConversationId>();
  const auto id = chat_id_of(*value);
  if (!id) return fail(ErrorCode::invalid, "admin_id must be a number");
  return std::optional(ConversationId{id->value});
}

Result<chat::AssignStudentChat> decode_assign(const net::HttpRequest& request) {
  const auto chat = chat_id_of(request.param("chatId"));
  if (!chat) return chat.failure();
  const auto body = body_or_empty(request);
  if (!body) return body.failure();
  const auto admin = optional_admin(*body);
  if (!admin) return admin.failure();
  return chat::AssignStudentChat{*chat, *admin};
}

net::HttpResponse encode_done(const char* message, const chat::Room& room) {
  const json::object body = {{"message", message}, {"chat", chat_json(room)}};
  return net::HttpResponse::json(200, json::serialize(body));
}

net::HttpResponse encode_assigned(const chat::Actor&, const chat::AssignStudentChat&,
                                  const chat::Room& room) {
  return encode_done("Admin assigned to chat", room);
}

Result<chat::SetStudentStatus> decode_status(const net::HttpRequest& request) {
  const auto chat = chat_id_of(request.param("chatId"));
  if (!chat) return chat.failure();
  auto body = parse_json_object(request.body);
  if (!body) return body.failure();
  JsonFields fields(*body);
  const auto name = fields.required_string("status");
  if (fields.complaint()) return fields.failure();
  const auto status = chat::parse_name<chat::StudentStatus>(name);
  if (!status) return not_allowed("status", chat::allowed_names<chat::StudentStatus>());
  return chat::SetStudentStatus{*chat, *status};
}

net::HttpResponse encode_status(const chat::Actor&, const chat::SetStudentStatus&,
                                const chat::Room& room) {
  return encode_done("Chat status updated", room);
}

net::HttpResponse encode_notifications(const Links& links, const chat::Actor&, const Ok&,
                                       const std::vector<chat::StudentNotification>& list) {
  JsonWriter body;
  body.array("notifications", list, [&](const chat::StudentNotification& notification) {
    const auto& [room, student, message] = notification;
    return JsonWriter()
        .text("type", "student_message")
        .number("chat_id", room.id.value)
        .text("status", chat::name_of(room.student->status))
        .number("student_id", room.conversation.value)
        .text("student_name", student.name)
        .json("message",
              message_json(links, message, chat::DeliveryStatus::sent, room.conversation))
        .text("created_at", to_iso8601(message.created_at))
        .take();
  });
  return net::HttpResponse::json(200, body.take());
}

}  // namespace

void add_admin_calls(net::Router& router, const Parts& parts) {
  using net::Method;
  const auto& services = parts.services;
  router.add(Method::get, parts.path("/chats"),
             serve(services, Endpoint<chat::ListStudentChats, chat::StudentChatPage>{
                                 Callers::agents, Access::read, decode_list,
                                 chat::list_student_chats, encode_list}));
  router.add(Method::post, parts.path("/chats/:chatId/assign"),
             serve(services, Endpoint<chat::AssignStudentChat, chat::Room>{
                                 Callers::agents, Access::write, decode_assign,
                                 chat::assign_student_chat, encode_assigned}));
  router.add(Method::patch, parts.path("/chats/:chatId/status"),
             serve(services, Endpoint<chat::SetStudentStatus, chat::Room>{
                                 Callers::agents, Access::write, decode_status,
                                 chat::set_student_status, encode_status}));
  router.add(
      Method::get, parts.path("/notifications"),
      serve(services, Endpoint<Ok, std::vector<chat::StudentNotification>>{
                          Callers::agents, Access::read,
                          [](const net::HttpRequest&) { return Result<Ok>(Ok()); },
                          chat::list_notifications, nullptr, nullptr, encode_notifications}));
}

}  // namespace parlor::dialects::student
