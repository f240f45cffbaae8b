// What each call takes.
#include <boost/json/serialize.hpp>

#include "chat/names.h"
#include "dialects/common/decode.h"
#include "dialects/ticket/calls.h"

namespace parlor::dialects::ticket {

namespace json = boost::json;

namespace {

// {ticket, limit, cursor}, of the query.
template <class Input>
Result<Input> decode_page(const Request& request) {
  const auto limit = integer_of(request.query.get("limit"), "limit");
  if (!limit) return limit.failure();
  Input input;
  input.ticket = request.ticket;
  input.limit = *limit;
  input.cursor = request.query.get("cursor").value_or("");
  return input;
}

// A published message, if it could be one of a support room.
Result<chat::MessageDraft> as_room_message(std::string_view type, const json::value& data) {
  chat::MessageDraft draft;
  if (type != "text" && type != "note") {
    return fail(ErrorCode::invalid,
                "this ticket is a support room: type must be text or note; images and files are "
                "sent through its own API");
  }
  draft.type = type == "note" ? chat::MessageType::note : chat::MessageType::text;
  const auto* content = data.is_object() ? data.get_object().if_contains("content") : &data;
  if (!content || !content->is_string()) {
    return fail(ErrorCode::invalid,
                "this ticket is a support room: data must be a text, or {content: <text>}");
  }
  draft.content = std::string(content->get_string());
  return draft;
}

}  // namespace

Result<std::string> presence_of(const json::object& body) {
  JsonFields fields(body);
  const auto typing = fields.optional_bool("typing");
  const auto* presence = body.if_contains("presence");
  if (fields.complaint()) return fields.failure();
  if (!presence || presence->is_null()) return chat::online_presence(typing.value_or(false));
  return chat::check_presence(json::serialize(*presence));
}

Result<chat::SetTicketMetadata> SetMetadata::decode(const Request& request) {
  auto patch = JsonObjectText::parse(json::serialize(request.body));
  if (!patch) return patch.failure();
  return Input{request.ticket, std::move(*patch)};
}

Result<chat::JoinTicket> Join::decode(const Request& request) {
  JsonFields fields(request.body);
  Input input;
  input.ticket = request.ticket;
  const auto role = fields.optional_string("role").value_or("");
  input.reopen = fields.optional_bool("reopen").value_or(false);
  input.resume_token = fields.optional_string("resumeToken").value_or("");
  input.connection = request.connection;
  if (fields.complaint()) return fields.failure();
  auto metadata = chat::membership_metadata(role);
  if (!metadata) return metadata.failure();
  input.metadata = std::move(*metadata);
  auto presence = presence_of(request.body);
  if (!presence) return presence.failure();
  input.presence = std::move(*presence);
  return input;
}

Result<chat::BePresent> BePresent::decode(const Request& request) {
  auto presence = presence_of(request.body);
  if (!presence) return presence.failure();
  return Input{request.ticket, std::move(*presence)};
}

Result<chat::ListTicketMembers> ListMembers::decode(const Request& request) {
  return decode_page<Input>(request);
}

Result<chat::LeaveTicket> Leave::decode(const Request& request) {
  return Input{request.ticket, request.connection};
}

Result<chat::PublishToTicket> Publish::decode(const Request& request) {
  JsonFields fields(request.body);
  Input input;
  input.ticket = request.ticket;
  input.type = fields.required_string("type");
  input.client_id = fields.optional_string("idempotencyKey").value_or(request.client_id);
  const auto* data = request.body.if_contains("data");
  if (!data) fields.complain("data", "is required");
  if (fields.complaint()) return fields.failure();
  input.data = json::serialize(*data);
  input.as_message = as_room_message(input.type, *data);
  // Few of these messages are to a bot: it hears them where they are written.
  input.bot.responder = request.responder;
  return input;
}

Result<chat::ReadTicketHistory> ReadHistory::decode(const Request& request) {
  return decode_page<Input>(request);
}

Result<chat::GetTicket> Get::decode(const Request& request) { return Input{request.ticket}; }

Result<chat::SaveTicketSnapshot> SaveSnapshot::decode(const Request& request) {
  JsonFields fields(request.body);
  Input input{request.ticket, fields.required_string("name")};
  if (fields.complaint()) return fields.failure();
  return input;
}

Result<chat::ListTicketSnapshots> ListSnapshots::decode(const Request& request) {
  return decode_page<Input>(request);
}

Result<chat::CloseTicket> Close::decode(const Request& request) {
  JsonFields fields(request.body);
  Input input{request.ticket, fields.optional_bool("deleteHistory").value_or(false),
              fields.optional_bool("deleteSnapshots").value_or(false)};
  if (fields.complaint()) return fields.failure();
  return input;
}

}  // namespace parlor::dialects::ticket
