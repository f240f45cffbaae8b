#include "dialects/conversation/room_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/rooms.h"
#include "dialects/common/decode.h"
#include "dialects/conversation/hearing.h"
#include "dialects/conversation/room_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

net::HttpResponse ok(const json::object& body) {
  return net::HttpResponse::json(200, json::serialize(body));
}

Result<chat::CreateUserRoom> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateUserRoom input;
  const auto inbox_id = body.required_string("inbox_id");
  input.description = body.required_string("description");
  input.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  const auto inbox = id_of<InboxId>(inbox_id, "Inbox");
  if (!inbox) return inbox.failure();
  input.inbox = *inbox;
  return input;
}

net::HttpResponse encode_created(const chat::Actor&, const chat::CreateUserRoom&,
                                 const chat::RoomCreatedAnswer& created) {
  const auto& room = created.room;
  return ok({{"success", true},
             {"result", json::object{{"id", to_hex(room.id)},
                                     {"status", chat::name_of(room.status)},
                                     {"inbox_id", to_hex(room.inbox)},
                                     {"subject", room.subject},
                                     {"message_id", to_hex(created.first_message.id)},
                                     {"created_at", to_iso8601(room.created_at)}}}});
}

Result<chat::CreateInternalRoom> decode_create_internal(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  const auto inbox_id = body.required_string("inbox_id");
  const auto contact_id = body.required_string("contact_id");
  auto client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  const auto inbox = id_of<InboxId>(inbox_id, "Inbox");
  if (!inbox) return inbox.failure();
  const auto contact = id_of<ContactId>(contact_id, "Contact");
  if (!contact) return contact.failure();
  return chat::CreateInternalRoom{*inbox, *contact, std::move(client_id)};
}

net::HttpResponse encode_created_internal(const chat::Actor& actor, const chat::CreateInternalRoom&,
                                          const chat::Room& room) {
  const auto assignee = room.assignees.empty() ? actor.conversation : room.assignees.front().agent;
  return ok({{"success", true},
             {"result", json::object{{"id", to_hex(room.id)},
                                     {"assignee_id", to_hex(assignee)},
                                     {"contact_id", to_hex(room.contact)},
                                     {"created_at", to_iso8601(room.created_at)}}}});
}

Result<RoomId> decode_room_id(const net::HttpRequest& request) {
  return id_of<RoomId>(request.param("room_id"), "Room");
}

net::HttpResponse encode_detail(const chat::Actor&, const RoomId&, const chat::RoomDetail& detail) {
  return ok({{"success", true}, {"data", room_detail_json(detail)}});
}

Result<chat::FindRoomByContact> decode_find(const net::HttpRequest& request) {
  const auto& query = request.query();
  chat::FindRoomByContact input;
  input.email = query.get("email").value_or("");
  input.phone = query.get("phone").value_or("");
  if (const auto contact = query.get("contact_id"); contact && !contact->empty()) {
    const auto id = id_of<ContactId>(*contact, "Contact");
    if (!id) return id.failure();
    input.contact = *id;
  }
  return input;
}

net::HttpResponse encode_found(const chat::Actor&, const chat::FindRoomByContact&,
                               const std::optional<RoomId>& room) {
  json::object data = {{"room_id", nullptr}, {"exists", room.has_value()}};
  if (room) data["room_id"] = to_hex(*room);
  return ok({{"success", true}, {"data", std::move(data)}});
}

Result<chat::ReassignRoom> decode_reassign(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::ReassignRoom input;
  const auto room_id = body.required_string("room_id");
  const auto agent_ids = body.optional_strings("conversation_ids");
  if (!agent_ids)
    body.complain("conversation_ids", "is required: an array of agents' conversation ids");
  const auto inbox_id = body.optional_string("inbox_id");
  input.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();

  const auto room = id_of<RoomId>(room_id, "Room");
  if (!room) return room.failure();
  input.room = *room;
  for (const auto& text : *agent_ids) {
    const auto agent = id_of<ConversationId>(text, "Agent");
    if (!agent) return agent.failure();
    input.agents.push_back(*agent);
  }
  if (inbox_id) {
    const auto inbox = id_of<InboxId>(*inbox_id, "Inbox");
    if (!inbox) return inbox.failure();
    input.inbox = *inbox;
  }
  return input;
}

net::HttpResponse encode_reassigned(const chat::Actor&, const chat::ReassignRoom&,
                                    const chat::Room& room) {
  return ok({{"success", true},
             {"message", "Assignee updated successfully"},
             {"data", json::object{{"assignees", assignees_json(room)}}}});
}

Result<chat::UpdateRoom> decode_update(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::UpdateRoom input;
  const auto room_id = body.required_string("room_id");
  const auto status_name = body.optional_string("status");
  const auto priority_name = body.optional_string("priority");
  input.tags = body.optional_strings("tags");
  input.notes = body.optional_string("notes");
  input.client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();

  const auto room = id_of<RoomId>(room_id, "Room");
  if (!room) return room.failure();
  input.room = *room;
  const auto status = enum_of<chat::RoomStatus>(status_name, "status");
  if (!status) return status.failure();
  input.status = *status;
  const auto priority = enum_of<chat::Priority>(priority_name, "priority");
  if (!priority) return priority.failure();
  input.priority = *priority;
  return input;
}

Result<chat::UpdateRoom> decode_update_status(const net::HttpRequest& request) {
  auto input = decode_update(request);
  if (!input) return input.failure();
  if (!input->status) return fail(ErrorCode::invalid, "status is required");
  chat::UpdateRoom update;
  update.room = input->room;
  update.status = input->status;
  update.client_id = std::move(input->client_id);
  return update;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateRoom& input,
                                 const chat::Room& room) {
  json::object data = {{"_id", to_hex(room.id)},
                       {"status", chat::name_of(room.status)},
                       {"priority", chat::name_of(room.priority)}};
  if (input.tags) data["tags"] = json::array(room.tags.begin(), room.tags.end());
  if (input.notes) data["notes"] = room.notes;
  data["updated_at"] = to_iso8601(room.updated_at);
  if (room.closed_at.ms != 0) data["closed_at"] = to_iso8601(room.closed_at);
  return ok(
      {{"success", true}, {"message", "Room updated successfully"}, {"data", std::move(data)}});
}

}  // namespace

void add_room_calls(net::Router& router, const std::string& base, const Services& services,
                    const chat::Responder* responder) {
  using net::Method;
  router.add(Method::post, base + "/user/room",
             serve_heard(services, responder,
                         HeardEndpoint<chat::CreateUserRoom, chat::RoomCreatedAnswer>{
                             decode_create, chat::create_user_room, encode_created, nullptr,
                             [](const chat::CreateUserRoom& input) {
                               return chat::WriteAhead{RoomId{}, input.inbox};
                             },
                             [](const chat::CreateUserRoom& input) -> const std::string& {
                               return input.description;
                             }}));
  router.add(Method::post, base + "/room/internal",
             serve(services, Endpoint<chat::CreateInternalRoom, chat::Room>{
                                 Callers::agents, Access::write, decode_create_internal,
                                 chat::create_internal_room, encode_created_internal}));
  router.add(Method::get, base + "/room/id",
             serve(services, Endpoint<chat::FindRoomByContact, std::optional<RoomId>>{
                                 Callers::agents, Access::read, decode_find,
                                 chat::find_room_by_contact, encode_found}));
  router.add(Method::get, base + "/room/:room_id",
             serve(services,
                   Endpoint<RoomId, chat::RoomDetail>{
                       Callers::agents, Access::read, decode_room_id,
                       [](chat::Transaction& transaction, const chat::Actor& actor,
                          const RoomId& room) { return chat::get_room(transaction, actor, room); },
                       encode_detail}));
  router.add(Method::patch, base + "/room/assignee",
             serve(services, Endpoint<chat::ReassignRoom, chat::Room>{
                                 Callers::agents, Access::write, decode_reassign,
                                 chat::reassign_room, encode_reassigned}));
  for (const auto& [path, decode] :
       {std::pair{"/room", &decode_update}, std::pair{"/room/status", &decode_update_status}}) {
    router.add(Method::patch, base + path,
               serve(services,
                     Endpoint<chat::UpdateRoom, chat::Room>{Callers::agents, Access::write, decode,
                                                            chat::update_room, encode_updated}));
  }
}

}  // namespace parlor::dialects::conversation
