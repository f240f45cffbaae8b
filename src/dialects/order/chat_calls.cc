#include "dialects/order/chat_calls.h"

#include <boost/json/serialize.hpp>

#include "dialects/common/decode.h"
#include "dialects/order/order_fields.h"
#include "dialects/order/order_json.h"

namespace parlor::dialects::order {

namespace json = boost::json;

namespace {

// JSON writes at most twelve bytes for one character.
constexpr std::size_t kMaxSendBodyBytes = chat::kMaxContentCharacters * 12 + 64 * 1024;

net::HttpResponse ok(json::object body, std::string_view message) {
  body["status"] = true;
  body["statusCode"] = 200;
  body["message"] = message;
  return net::HttpResponse::json(200, json::serialize(body));
}

Result<chat::JoinOrderRoom> decode_join(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::JoinOrderRoom input;
  input.room = required_id(body, "room_id");
  input.person = read_person(body);
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpResponse encode_joined(const Links& links, const chat::Actor&, const chat::JoinOrderRoom&,
                                const chat::OrderRoomJoined& joined) {
  return ok({{"userData", participant_json(joined.participant, joined.view.order)},
             {"roomData", room_json(links, joined.view)}},
            "Joined");
}

Result<chat::SendOrderMessage> decode_send(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  auto input = read_send(body);
  if (input && input->client_id.empty()) input->client_id = request.header("Idempotency-Key");
  return input;
}

net::HttpResponse encode_sent(const Links& links, const chat::Actor&, const chat::SendOrderMessage&,
                              const chat::OrderMessageSent& sent) {
  return net::HttpResponse::json(200, json::serialize(sent_json(links, sent)));
}

Result<chat::QueryOrderMessages> decode_query(const net::HttpRequest& request) {
  const auto limit = integer_of(request.query().get("limit"), "limit");
  if (!limit) return limit.failure();
  return chat::QueryOrderMessages{std::string(request.param("room_id")), *limit,
                                  std::string(request.query().get("before").value_or(""))};
}

net::HttpResponse encode_messages(const Links& links, const chat::Actor&,
                                  const chat::QueryOrderMessages&,
                                  const chat::OrderMessagePage& page) {
  json::array messages;
  for (const auto& view : page.messages) messages.push_back(message_json(links, view, page.order));
  return ok({{"chatData", std::move(messages)}}, "Messages");
}

std::optional<chat::ReachMessage> reached(const chat::QueryOrderMessages&,
                                          const chat::OrderMessagePage& page) {
  return page.reached;
}

Result<chat::AskOrderRoom> decode_room(const net::HttpRequest& request) {
  return chat::AskOrderRoom{std::string(request.param("room_id"))};
}

net::HttpResponse encode_participants(const chat::Actor&, const chat::AskOrderRoom&,
                                      const chat::OrderRoomView& view) {
  json::array participants;
  for (const auto& participant : view.participants) {
    participants.push_back(participant_json(participant, view.order));
  }
  return ok({{"userData", std::move(participants)}}, "Participants");
}

}  // namespace

Result<chat::SendOrderMessage> read_send(JsonFields& body) {
  chat::SendOrderMessage input;
  input.room = required_id(body, "room_id");
  input.order = read_message(body);
  input.text = body.optional_string("message").value_or("");
  input.client_id = body.optional_string("_uniqueId").value_or("");
  if (body.complaint()) return body.failure();
  return input;
}

json::object sent_json(const Links& links, const chat::OrderMessageSent& sent) {
  return {{"chatData", message_json(links, sent.message, sent.view.order)},
          {"roomData", room_json(links, sent.view)},
          {"status", true},
          {"statusCode", 200},
          {"message", "Message sent"}};
}

void add_chat_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::post, base + "/joinRoom",
             serve(services, Endpoint<chat::JoinOrderRoom, chat::OrderRoomJoined>{
                                 Callers::clients, Access::write, decode_join,
                                 chat::join_order_room, nullptr, nullptr, encode_joined}));
  net::RouteOptions body_of_message;
  body_of_message.max_body_bytes = kMaxSendBodyBytes;
  for (const auto* name : {"/sendMessage", "/sendMessageJoin"}) {
    router.add(Method::post, base + name,
               serve(services,
                     Endpoint<chat::SendOrderMessage, chat::OrderMessageSent>{
                         Callers::clients, Access::write, decode_send, chat::send_order_message,
                         nullptr, nullptr, encode_sent}),
               body_of_message);
  }
  router.add(Method::get, base + "/:room_id",
             serve(services, Endpoint<chat::QueryOrderMessages, chat::OrderMessagePage>{
                                 Callers::clients, Access::read, decode_query,
                                 chat::query_order_messages, nullptr, reached, encode_messages}));
  router.add(Method::get, base + "/getRoomUser/:room_id",
             serve(services, Endpoint<chat::AskOrderRoom, chat::OrderRoomView>{
                                 Callers::clients, Access::read, decode_room, chat::get_order_room,
                                 encode_participants}));
}

}  // namespace parlor::dialects::order
