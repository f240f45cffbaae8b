#include "dialects/student/socket_events.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "chat/names.h"
#include "chat/reading.h"
#include "chat/student_access.h"
#include "chat/student_messages.h"
#include "chat/typing.h"
#include "dialects/common/json_fields.h"
#include "dialects/common/json_writer.h"
#include "dialects/student/channels.h"
#include "dialects/student/decode.h"
#include "dialects/student/errors.h"
#include "dialects/student/student_json.h"

namespace parlor::dialects::student {

namespace json = boost::json;

namespace {

constexpr const char* kDone = R"({"ok":true})";

// An error event, and the acknowledgement that says the same.
SocketReply failure(std::string_view message, std::optional<chat::StudentStatus> status) {
  json::object error = {{"message", message}};
  if (status) error["status"] = chat::name_of(*status);
  json::object acknowledgement = {{"ok", false}};
  for (const auto& [name, value] : error) acknowledgement[name] = value;
  SocketReply reply{json::serialize(acknowledgement)};
  reply.emits.push_back({"error", json::serialize(error)});
  return reply;
}

SocketReply encode_failure(const Error& error) { return failure(words_of(error), std::nullopt); }

// The first argument: a number, digits in a string, or an object that has it by this name.
Result<std::int64_t> number_argument(std::string_view argument, std::string_view name) {
  boost::system::error_code unreadable;
  auto value = json::parse(argument.empty() ? "null" : argument, unreadable);
  if (!unreadable && value.is_object()) {
    const auto* inner = value.get_object().if_contains(name);
    value = inner ? json::value(*inner) : json::value();
  }
  const auto number = unreadable ? Result<RoomId>(fail(ErrorCode::invalid, "")) : chat_id_of(value);
  if (number) return number->value;
  return fail(ErrorCode::invalid, name == "chat_id" ? "Invalid chat id" : "Invalid message id");
}

struct EnterChat {
  RoomId chat;
};

Result<Ok> may_enter(chat::Transaction& transaction, const chat::Actor& actor,
                     const EnterChat& input) {
  const auto chat = chat::access_student_chat(transaction, actor, input.chat);
  if (!chat) return chat.failure();
  return Ok();
}

SocketReply encode_joined(const chat::Actor&, const EnterChat& input, const Ok&) {
  SocketReply reply{kDone};
  reply.joins = true;
  const auto argument = json::serialize(json::object{{"chat_id", input.chat.value}});
  reply.emits = {{"support:joined-chat", argument}, {"chat:ready", argument}};
  return reply;
}

SocketReply encode_left(const chat::Actor&, const EnterChat& input, const Ok&) {
  SocketReply reply{kDone};
  reply.leaves = chat_channel(input.chat);
  return reply;
}

Result<SocketRequest> decode_enter(const SocketSender& sender, std::string_view argument,
                                   bool joins) {
  const auto id = number_argument(argument, "chat_id");
  if (!id) return id.failure();
  const EnterChat input{RoomId{*id}};
  SocketRequest request;
  request.call = make_call(
      CallParts<SocketReply, EnterChat, Ok>{Access::read, sender.caller, input, may_enter,
                                            joins ? encode_joined : encode_left, encode_failure});
  // Administrators hear of every chat already.
  const bool is_student = std::holds_alternative<CustomerCaller>(sender.caller);
  if (joins && is_student) request.channel = chat_channel(input.chat);
  return request;
}

struct SignalTyping {
  RoomId chat;
  bool is_typing = false;
};

Result<chat::TypingSignal> signal_typing(chat::Transaction& transaction, const chat::Actor& actor,
                                         const SignalTyping& input) {
  const auto chat = chat::access_student_chat(transaction, actor, input.chat);
  if (!chat) return chat.failure();
  return chat::may_signal_typing(transaction, actor, input.chat);
}

SocketReply encode_typing(const chat::Actor&, const SignalTyping& input,
                          const chat::TypingSignal& signal) {
  return {kDone, delivery::Typing{signal, input.is_typing}};
}

Result<SocketRequest> decode_typing(const SocketSender& sender, std::string_view argument) {
  auto object = parse_json_object(argument);
  if (!object) return fail(ErrorCode::invalid, "the argument must be {chat_id, is_typing}");
  JsonFields fields(*object);
  const auto is_typing = fields.optional_bool("is_typing");
  if (fields.complaint()) return fields.failure();
  const auto id = number_argument(argument, "chat_id");
  if (!id) return id.failure();
  SocketRequest request;
  request.call = make_call(CallParts<SocketReply, SignalTyping, chat::TypingSignal>{
      Access::read, sender.caller, SignalTyping{RoomId{*id}, is_typing.value_or(true)},
      signal_typing, encode_typing, encode_failure});
  return request;
}

Result<chat::ReachMessage> may_reach(chat::Transaction& transaction, const chat::Actor& actor,
                                     const MessageId& message) {
  const auto chat = chat::access_chat_of_message(transaction, actor, message);
  if (!chat) return chat.failure();
  return chat::ReachMessage{chat->room.id, message};
}

Result<chat::ReachMessage> deliver(chat::Transaction& transaction, const chat::Actor& actor,
                                   const MessageId& message) {
  auto reached = may_reach(transaction, actor, message);
  if (!reached) return reached;
  const auto moved = chat::mark_delivered(transaction, actor, *reached);
  if (!moved) return moved.failure();
  return reached;
}

SocketReply encode_marked(const chat::Actor&, const MessageId&, const chat::ReachMessage&) {
  return {kDone};
}

std::optional<chat::ReachMessage> reads(const MessageId&, const chat::ReachMessage& reached) {
  return reached;
}

Result<SocketRequest> decode_mark(const SocketSender& sender, std::string_view argument,
                                  bool is_read) {
  const auto id = number_argument(argument, "message_id");
  if (!id) return id.failure();
  CallParts<SocketReply, MessageId, chat::ReachMessage> parts;
  parts.access = is_read ? Access::read : Access::write;
  parts.caller = sender.caller;
  parts.input = MessageId{*id};
  parts.use_case = is_read ? may_reach : deliver;
  parts.encode = encode_marked;
  parts.encode_error = encode_failure;
  if (is_read) parts.reads = reads;
  SocketRequest request;
  request.call = make_call(std::move(parts));
  return request;
}

SocketReply encode_sent(const Links& links, const chat::Actor& actor,
                        const chat::SendStudentMessage&, const chat::StudentMessageSent& sent) {
  if (sent.is_blocked) return failure(kBlockedMessage, chat::StudentStatus::waiting_for_admin);
  JsonWriter acknowledgement;
  acknowledgement.boolean("ok", true)
      .json("message", message_json(links, sent.message, sent.status, actor.conversation));
  if (sent.bot_reply) {
    acknowledgement.json("bot_reply", message_json(links, *sent.bot_reply,
                                                   chat::DeliveryStatus::sent, actor.conversation));
  }
  return {acknowledgement.take()};
}

}  // namespace

Result<SocketCredentials> StudentSockets::credentials(const SocketHandshake& handshake) const {
  auto object = parse_json_object(handshake.auth.empty() ? "{}" : handshake.auth);
  if (!object) return fail(ErrorCode::unauthenticated, "auth must be {token}");
  JsonFields auth(*object);
  if (auto token = auth.optional_string("token")) return SocketCredentials(std::move(*token));
  return fail(ErrorCode::unauthenticated, "auth must be {token}");
}

Result<SocketRequest> StudentSockets::decode_send(const SocketSender& sender,
                                                  std::string_view argument) const {
  auto object = parse_json_object(argument);
  if (!object) return fail(ErrorCode::invalid, "the argument must be {text}");
  JsonFields fields(*object);
  CallParts<SocketReply, chat::SendStudentMessage, chat::StudentMessageSent> parts;
  parts.input.message.content = fields.required_string("text");
  parts.input.client_id = fields.optional_string("_uniqueId").value_or("");
  if (fields.complaint()) return fields.failure();
  const auto chat = optional_chat_id(*object);
  if (!chat) return chat.failure();
  parts.input.chat = *chat;
  parts.input.bot = chat::hear(responder_, account_of(sender.caller), parts.input.message.content);
  parts.access = Access::write;
  parts.caller = sender.caller;
  parts.use_case = chat::send_student_message;
  parts.encode_error = encode_failure;
  parts.encode_with = encode_sent;
  parts.size = parts.input.message.content.size();
  parts.links.emplace(Links{signer_, ""});
  SocketRequest request;
  request.call = make_call(std::move(parts));
  return request;
}

Result<SocketRequest> StudentSockets::decode(const SocketSender& sender, std::string_view event,
                                             std::string_view argument) const {
  if (event == "support:send-message") return decode_send(sender, argument);
  if (event == "support:join-chat") return decode_enter(sender, argument, true);
  if (event == "support:leave-chat") return decode_enter(sender, argument, false);
  if (event == "support:typing") return decode_typing(sender, argument);
  if (event == "support:mark-delivered") return decode_mark(sender, argument, false);
  if (event == "support:mark-read") return decode_mark(sender, argument, true);
  return SocketRequest{};
}

SocketReply StudentSockets::encode_error(const Error& error) const { return encode_failure(error); }

std::vector<std::string> StudentSockets::channels_of(chat::Transaction& transaction,
                                                     const chat::Actor& actor) const {
  if (actor.is_team() || actor.contact_kind != chat::ContactKind::student) return {};
  const auto chat = chat::own_chat(transaction, actor);
  if (!chat) return {};
  return {chat_channel(*chat)};
}

}  // namespace parlor::dialects::student
