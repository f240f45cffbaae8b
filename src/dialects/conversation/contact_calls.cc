#include "dialects/conversation/contact_calls.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "chat/contacts.h"
#include "dialects/common/decode.h"
#include "dialects/conversation/paging.h"
#include "dialects/conversation/room_json.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

net::HttpResponse ok(const json::object& body) {
  return net::HttpResponse::json(200, json::serialize(body));
}

json::object contact_detail_json(const chat::Contact& contact) {
  json::object object = {
      {"_id", to_hex(contact.id)},      {"conversation_id", to_hex(contact.conversation)},
      {"name", contact.name},           {"email", contact.email},
      {"phone", contact.phone},         {"identifier", nullptr},
      {"blocked", contact.is_blocked()}};
  if (!contact.identifier.empty()) object["identifier"] = contact.identifier;
  if (contact.is_blocked()) object["blocked_at"] = to_iso8601(contact.blocked_at);
  object["created_at"] = to_iso8601(contact.created_at);
  return object;
}

Result<ContactId> decode_contact(const net::HttpRequest& request) {
  if (const auto id = parse_id<ContactId>(request.param("contact_id"))) return *id;
  return fail(ErrorCode::not_found, "Contact not found");
}

net::HttpResponse encode_contact(const chat::Actor&, const ContactId&,
                                 const chat::Contact& contact) {
  return ok({{"success", true}, {"data", contact_detail_json(contact)}});
}

Result<chat::UpdateContact> decode_update(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::UpdateContact input;
  input.name = body.optional_string("name");
  input.email = body.optional_string("email");
  input.phone = body.optional_string("phone");
  input.blocked = body.optional_bool("blocked");
  if (body.complaint()) return body.failure();
  const auto contact = decode_contact(request);
  if (!contact) return contact.failure();
  input.contact = *contact;
  return input;
}

net::HttpResponse encode_updated(const chat::Actor&, const chat::UpdateContact&,
                                 const chat::Contact& contact) {
  return ok({{"success", true}, {"data", contact_detail_json(contact)}});
}

Result<chat::ListContactRooms> decode_rooms(const net::HttpRequest& request) {
  const auto contact = decode_contact(request);
  if (!contact) return contact.failure();
  chat::ListContactRooms input;
  input.contact = *contact;
  if (const auto paging = decode_paging(request.query(), input); !paging) return paging.failure();
  return input;
}

net::HttpResponse encode_rooms(const chat::Actor&, const chat::ListContactRooms&,
                               const chat::ContactRoomList& list) {
  json::array rooms;
  for (const auto& entry : list.rooms) rooms.push_back(contact_room_json(entry));
  return list_response(std::move(rooms), list);
}

Result<ConversationId> decode_conversation(const net::HttpRequest& request) {
  if (const auto id = parse_id<ConversationId>(request.param("conv_id"))) return *id;
  return fail(ErrorCode::not_found, "Conversation not found");
}

json::object session_json(const chat::VisitorSession& session) {
  json::object object = {{"session_id", to_hex(session.id)},
                         {"device_id", session.device_id},
                         {"ip", session.address},
                         {"verified", session.verified},
                         {"started_at", to_iso8601(session.created_at)},
                         {"last_activity", to_iso8601(session.last_activity)}};
  const auto& [language, timezone, page] = session.surroundings;
  if (!language.empty()) object["language"] = language;
  if (!timezone.empty()) object["timezone"] = timezone;
  if (!page.empty()) object["page"] = page;
  if (session.ended_at.ms != 0) object["ended_at"] = to_iso8601(session.ended_at);
  return object;
}

net::HttpResponse encode_conversation(const chat::Actor&, const ConversationId&,
                                      const chat::SupportConversation& conversation) {
  const auto& contact = conversation.contact;
  json::array sessions;
  for (const auto& session : conversation.sessions) sessions.push_back(session_json(session));
  return ok({{"success", true},
             {"_id", to_hex(contact.conversation)},
             {"account_id", to_hex(contact.account)},
             {"contact_id", to_hex(contact.id)},
             {"type", "support"},
             {"status", contact.is_blocked() ? "blocked" : "active"},
             {"sessions", std::move(sessions)},
             {"created_at", to_iso8601(contact.created_at)}});
}

}  // namespace

void add_contact_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(
      Method::get, base + "/contact/:contact_id",
      serve(services, Endpoint<ContactId, chat::Contact>{
                          Callers::agents, Access::read, decode_contact,
                          [](chat::Transaction& transaction, const chat::Actor& actor,
                             const ContactId& id) { return get_contact(transaction, actor, id); },
                          encode_contact}));
  router.add(Method::patch, base + "/contact/:contact_id",
             serve(services, Endpoint<chat::UpdateContact, chat::Contact>{
                                 Callers::agents, Access::write, decode_update,
                                 chat::update_contact, encode_updated}));
  router.add(Method::get, base + "/contact/:contact_id/rooms",
             serve(services, Endpoint<chat::ListContactRooms, chat::ContactRoomList>{
                                 Callers::agents, Access::read, decode_rooms,
                                 chat::list_contact_rooms, encode_rooms}));
  router.add(Method::get, base + "/conversation/:conv_id",
             serve(services, Endpoint<ConversationId, chat::SupportConversation>{
                                 Callers::agents, Access::read, decode_conversation,
                                 [](chat::Transaction& transaction, const chat::Actor& actor,
                                    const ConversationId& id) {
                                   return get_conversation(transaction, actor, id);
                                 },
                                 encode_conversation}));
}

}  // namespace parlor::dialects::conversation
