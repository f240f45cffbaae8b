#include "dialects/ticket/socket_events.h"

#include <type_traits>

#include "chat/ticket_access.h"
#include "dialects/common/json_writer.h"
#include "dialects/ticket/calls.h"
#include "dialects/ticket/errors.h"
#include "dialects/ticket/ticket_json.h"

namespace parlor::dialects::ticket {
namespace {

SocketReply refusal(const Error& error) { return {encode_error_body(error)}; }

std::string channel_of(const chat::Actor& actor, const chat::TicketKey& ticket) {
  return actor.is_team() ? delivery::channel_of_team(ticket)
                         : delivery::channel_of_customers(ticket);
}

template <class Call>
SocketReply encode_socket(const Links& links, const chat::Actor& actor,
                          const typename Call::Input& input, const typename Call::Output& output) {
  auto body = Call::encode(links, input, output);
  if (!body) return refusal(body.error());
  SocketReply reply{std::move(*body)};
  if constexpr (std::is_same_v<Call, Join>) reply.enters = channel_of(actor, output.about.key);
  if constexpr (std::is_same_v<Call, Leave>) reply.leaves = channel_of(actor, output.key);
  return reply;
}

template <class Call>
Result<SocketRequest> decode_call(const LinkSigner& links, const SocketSender& sender,
                                  const Request& request, std::size_t size) {
  auto input = Call::decode(request);
  if (!input) return input.failure();
  SocketRequest decoded{
      make_call(CallParts<SocketReply, typename Call::Input, typename Call::Output>{
          Call::access, sender.caller, std::move(*input), Call::use_case, nullptr, refusal, size,
          nullptr, encode_socket<Call>, Links{links, links.public_url()}})};
  decoded.is_remembered = std::is_same_v<Call, Join>;
  return decoded;
}

using DecodeEvent = Result<SocketRequest> (*)(const LinkSigner&, const SocketSender&,
                                              const Request&, std::size_t);

DecodeEvent decoder_of(std::string_view event) {
  if (event == "room:join") return decode_call<Join>;
  if (event == "room:leave") return decode_call<Leave>;
  if (event == "room:presence") return decode_call<BePresent>;
  if (event == "room:publish") return decode_call<Publish>;
  if (event == "room:metadata") return decode_call<SetMetadata>;
  return nullptr;
}

// The id in "ticket_<id>".
std::optional<std::string> ticket_of(const boost::json::object& body) {
  const auto* room = body.if_contains("room");
  if (!room || !room->is_string()) return std::nullopt;
  const std::string_view name(room->get_string());
  if (!name.starts_with(kRoomPrefix)) return std::nullopt;
  return chat::canonical_ticket_id(name.substr(kRoomPrefix.size()));
}

}  // namespace

Result<SocketCredentials> TicketSockets::credentials(const SocketHandshake&) const {
  return fail(ErrorCode::unauthenticated, "auth must be that of another dialect");
}

Result<SocketRequest> TicketSockets::decode(const SocketSender& sender, std::string_view event,
                                            std::string_view argument) const {
  const auto decode_event = decoder_of(event);
  if (!decode_event) return SocketRequest{};
  auto body = parse_json_object(argument);
  if (!body) return fail(ErrorCode::invalid, "the argument must be an object: {room, …}");
  auto ticket = ticket_of(*body);
  if (!ticket) return fail(ErrorCode::invalid, "room must be \"ticket_<id>\"");
  body->erase("room");
  const net::QueryParams no_query;
  return decode_event(links_, sender,
                      {std::move(*ticket), *body, no_query, "", sender.connection, responder_},
                      argument.size());
}

std::optional<SocketHeartbeat> TicketSockets::heartbeat(std::string_view event,
                                                        std::string_view argument) const {
  if (event != "room:presence") return std::nullopt;
  const auto body = parse_json_object(argument);
  if (!body) return std::nullopt;
  auto ticket = ticket_of(*body);
  if (!ticket) return std::nullopt;
  auto presence = presence_of(*body);
  if (!presence) return std::nullopt;
  return SocketHeartbeat{std::move(*ticket), std::move(*presence)};
}

std::string TicketSockets::encode_member(const SocketHeartbeat& heartbeat,
                                         const chat::Member& member) const {
  return JsonWriter()
      .text("room", std::string(kRoomPrefix) + heartbeat.ticket)
      .json("member", member_json(member))
      .take();
}

SocketReply TicketSockets::encode_error(const Error& error) const { return refusal(error); }

}  // namespace parlor::dialects::ticket
