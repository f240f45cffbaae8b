#include "dialects/conversation/socket_events.h"

#include <boost/json/serialize.hpp>

#include "chat/access.h"
#include "chat/reading.h"
#include "chat/typing.h"
#include "chat/viewing.h"
#include "dialects/common/decode.h"
#include "dialects/common/json_fields.h"

namespace parlor::dialects::conversation {
namespace {

constexpr const char* kDone = R"({"success":true})";

SocketReply encode_failure(const Error& error) {
  const boost::json::object body = {
      {"success", false}, {"error", name_of(error.code)}, {"message", error.message}};
  return {boost::json::serialize(body)};
}

struct SignalTyping {
  RoomId room;
  bool is_typing = false;
};

Result<chat::TypingSignal> signal_typing(chat::Transaction& transaction, const chat::Actor& actor,
                                         const SignalTyping& input) {
  return chat::may_signal_typing(transaction, actor, input.room);
}

SocketReply encode_typing(const chat::Actor&, const SignalTyping& input,
                          const chat::TypingSignal& signal) {
  return {kDone, delivery::Typing{signal, input.is_typing}};
}

Result<std::unique_ptr<SocketCall>> decode_typing(const SocketSender& sender, JsonFields& fields) {
  const auto room_id = fields.required_string("room_id");
  const auto is_typing = fields.optional_bool("is_typing");
  if (fields.complaint()) return fields.failure();
  const auto room = id_of<RoomId>(room_id, "Room");
  if (!room) return room.failure();
  return make_call(CallParts<SocketReply, SignalTyping, chat::TypingSignal>{
      Access::read, sender.caller, SignalTyping{*room, is_typing.value_or(true)}, signal_typing,
      encode_typing, encode_failure, 0, nullptr});
}

// Only asks whether the reader may: the marker is written later, together with others.
Result<Ok> may_read(chat::Transaction& transaction, const chat::Actor& actor,
                    const chat::ReachMessage& input) {
  const auto room = chat::access_room(transaction, actor, input.room);
  if (!room) return room.failure();
  const bool names_one = static_cast<bool>(input.message);
  if (names_one && !transaction.messages().find(actor.account, input.room, input.message)) {
    return fail(ErrorCode::not_found, "Message not found");
  }
  return Ok();
}

SocketReply encode_read(const chat::Actor&, const chat::ReachMessage&, const Ok&) {
  return {kDone};
}

std::optional<chat::ReachMessage> reads(const chat::ReachMessage& input, const Ok&) {
  return input;
}

Result<std::unique_ptr<SocketCall>> decode_read(const SocketSender& sender, JsonFields& fields) {
  const auto room_id = fields.required_string("room_id");
  const auto message_id = fields.optional_string("message_id");
  if (fields.complaint()) return fields.failure();
  const auto room = id_of<RoomId>(room_id, "Room");
  if (!room) return room.failure();
  chat::ReachMessage input{*room, {}};
  if (message_id) {
    const auto message = id_of<MessageId>(*message_id, "Message");
    if (!message) return message.failure();
    input.message = *message;
  }
  return make_call(CallParts<SocketReply, chat::ReachMessage, Ok>{
      Access::read, sender.caller, input, may_read, encode_read, encode_failure, 0, reads});
}

SocketReply encode_viewing(const chat::Actor&, const chat::ViewRoom&, const Ok&) { return {kDone}; }

// A write, though nothing is written: so it is told in order (chat/viewing.h).
Result<std::unique_ptr<SocketCall>> decode_viewing(const SocketSender& sender, JsonFields& fields) {
  const auto room_id = fields.required_string("room_id");
  const auto is_open = fields.optional_bool("open");
  if (fields.complaint()) return fields.failure();
  const auto room = id_of<RoomId>(room_id, "Room");
  if (!room) return room.failure();
  return make_call(CallParts<SocketReply, chat::ViewRoom, Ok>{
      Access::write, sender.caller,
      chat::ViewRoom{*room, is_open.value_or(true), sender.connection}, chat::view_room,
      encode_viewing, encode_failure, 0, nullptr});
}

}  // namespace

Result<SocketCredentials> ConversationSockets::credentials(const SocketHandshake& handshake) const {
  auto object = parse_json_object(handshake.auth.empty() ? "{}" : handshake.auth);
  if (!object) return fail(ErrorCode::unauthenticated, "auth must be an object");
  JsonFields auth(*object);
  if (auto token = auth.optional_string("token")) return SocketCredentials(std::move(*token));
  auto support_token = auth.optional_string("support_token");
  auto session_id = auth.optional_string("session_id");
  if (!support_token || !session_id) {
    return fail(ErrorCode::unauthenticated,
                "auth must be {token} or {support_token, session_id, device_id}");
  }
  return SocketCredentials(chat::VisitorCredentials{
      std::move(*support_token), std::move(*session_id),
      auth.optional_string("device_id").value_or(""), std::string(handshake.origin)});
}

Result<SocketRequest> ConversationSockets::decode(const SocketSender& sender,
                                                  std::string_view event,
                                                  std::string_view argument) const {
  using Decode = Result<std::unique_ptr<SocketCall>> (*)(const SocketSender&, JsonFields&);
  const Decode read_event = event == "typing"    ? decode_typing
                            : event == "read"    ? decode_read
                            : event == "viewing" ? decode_viewing
                                                 : nullptr;
  if (!read_event) return SocketRequest{};
  auto object = parse_json_object(argument);
  if (!object) return fail(ErrorCode::invalid, "the argument must be an object");
  JsonFields fields(*object);
  auto call = read_event(sender, fields);
  if (!call) return call.failure();
  return SocketRequest{std::move(*call)};
}

SocketReply ConversationSockets::encode_error(const Error& error) const {
  return encode_failure(error);
}

}  // namespace parlor::dialects::conversation
