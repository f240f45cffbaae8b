#include "dialects/order/socket_events.h"

#include <boost/json/serialize.hpp>

#include "dialects/order/chat_calls.h"
#include "dialects/order/errors.h"
#include "dialects/order/event_encoder.h"
#include "dialects/order/order_fields.h"
#include "dialects/order/order_json.h"

namespace parlor::dialects::order {

namespace json = boost::json;

namespace {

SocketReply failure(const Error& error) { return {error_body(error)}; }

SocketReply done(std::string_view message) {
  return {
      json::serialize(json::object{{"status", true}, {"statusCode", 200}, {"message", message}})};
}

std::string channel_for(const chat::Actor& actor, const chat::OrderRoomView& view) {
  return actor.is_team() ? channel_of_team(view.order.room) : channel_of(view.order.room);
}

SocketReply encode_joined(const chat::Actor& actor, const chat::AskOrderRoom&,
                          const chat::OrderRoomView& view) {
  auto reply = done("Joined");
  reply.enters = channel_for(actor, view);
  return reply;
}

SocketReply encode_left(const chat::Actor& actor, const chat::AskOrderRoom&,
                        const chat::OrderRoomView& view) {
  auto reply = done("Left");
  reply.leaves = channel_for(actor, view);
  return reply;
}

using EncodeRoom = SocketReply (*)(const chat::Actor&, const chat::AskOrderRoom&,
                                   const chat::OrderRoomView&);

Result<SocketRequest> decode_room(const SocketSender& sender, JsonFields& fields,
                                  EncodeRoom encode) {
  // `email` says who it is that listens; whoever the socket belongs to has been checked.
  optional_line(fields, "email", chat::kMaxOrderPersonCharacters);
  chat::AskOrderRoom input{required_id(fields, fields.has("roomId") ? "roomId" : "room_id")};
  if (fields.complaint()) return fields.failure();
  return SocketRequest{make_call(CallParts<SocketReply, chat::AskOrderRoom, chat::OrderRoomView>{
      Access::read, sender.caller, std::move(input), chat::get_order_room, encode, failure, 0,
      nullptr})};
}

SocketReply encode_saved(const Links& links, const chat::Actor&, const chat::SendOrderMessage&,
                         const chat::OrderMessageSent& sent) {
  return {json::serialize(sent_json(links, sent))};
}

}  // namespace

Result<SocketCredentials> OrderSockets::credentials(const SocketHandshake& handshake) const {
  auto object = parse_json_object(handshake.auth.empty() ? "{}" : handshake.auth);
  if (!object) return fail(ErrorCode::unauthenticated, "auth must be an object");
  JsonFields auth(*object);
  auto authorization = auth.optional_string("authorization");
  auto client = optional_id(auth, "client");
  if (!authorization || auth.complaint()) {
    return fail(ErrorCode::unauthenticated, "auth must be {authorization, client}");
  }
  return SocketCredentials(ClientCredentials{without_bearer(*authorization), std::move(client)});
}

Result<SocketRequest> OrderSockets::decode(const SocketSender& sender, std::string_view event,
                                           std::string_view argument) const {
  const bool saves = event == "save-message";
  const bool joins = event == "joinRoom";
  if (!saves && !joins && event != "leaveRoom") return SocketRequest{};
  auto object = parse_json_object(argument);
  if (!object) return fail(ErrorCode::invalid, "the argument must be an object");
  JsonFields fields(*object);
  if (!saves) return decode_room(sender, fields, joins ? encode_joined : encode_left);
  auto input = read_send(fields);
  if (!input) return input.failure();
  return SocketRequest{
      make_call(CallParts<SocketReply, chat::SendOrderMessage, chat::OrderMessageSent>{
          Access::write, sender.caller, std::move(*input), chat::send_order_message, nullptr,
          failure, argument.size(), nullptr, encode_saved, Links{links_, links_.public_url()}})};
}

SocketReply OrderSockets::encode_error(const Error& error) const { return failure(error); }

std::vector<std::string> OrderSockets::channels_of(chat::Transaction&,
                                                   const chat::Actor& actor) const {
  if (actor.kind != chat::ActorKind::integration) return {};
  return {channel_of_integrations(actor.account)};
}

}  // namespace parlor::dialects::order
