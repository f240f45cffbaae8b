#include "dialects/conversation/preference_calls.h"

#include <boost/json/serialize.hpp>

#include "chat/preferences.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::conversation {

namespace json = boost::json;

namespace {

// The body may be left out: the path says it all.
Result<chat::ToggleFavorite> decode_favorite(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body.empty() ? "{}" : request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  auto client_id = client_id_of(request, body, nullptr);
  if (body.complaint()) return body.failure();
  const auto room = id_of<RoomId>(request.param("room_id"), "Room");
  if (!room) return room.failure();
  return chat::ToggleFavorite{*room, std::move(client_id)};
}

net::HttpResponse encode_favorite(const chat::Actor&, const chat::ToggleFavorite&,
                                  const chat::RoomPreference& preference) {
  const json::object body = {{"success", true},
                             {"room", json::object{{"_id", to_hex(preference.room)},
                                                   {"is_favorite", preference.is_favorite}}}};
  return net::HttpResponse::json(200, json::serialize(body));
}

Result<chat::SnoozeRoom> decode_snooze(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  const auto time_ms = body.optional_integer("time");
  if (!time_ms) body.complain("time", "is required: milliseconds since 1970, or 0 to wake");
  if (body.complaint()) return body.failure();
  const auto room = id_of<RoomId>(request.param("room_id"), "Room");
  if (!room) return room.failure();
  return chat::SnoozeRoom{*room, *time_ms};
}

// What was asked for is echoed, a time without effect too: rooms show the time in force.
net::HttpResponse encode_snooze(const chat::Actor&, const chat::SnoozeRoom& input,
                                const chat::RoomPreference& preference) {
  const json::object body = {
      {"success", true},
      {"data", json::object{{"_id", to_hex(preference.room)}, {"snoozed_until", input.time_ms}}}};
  return net::HttpResponse::json(200, json::serialize(body));
}

}  // namespace

void add_preference_calls(net::Router& router, const std::string& base, const Services& services) {
  router.add(net::Method::post, base + "/room/:room_id/favorite",
             serve(services, Endpoint<chat::ToggleFavorite, chat::RoomPreference>{
                                 Callers::agents, Access::write, decode_favorite,
                                 chat::toggle_favorite, encode_favorite}));
  router.add(net::Method::post, base + "/room/:room_id/snooze",
             serve(services, Endpoint<chat::SnoozeRoom, chat::RoomPreference>{
                                 Callers::agents, Access::write, decode_snooze, chat::snooze_room,
                                 encode_snooze}));
}

}  // namespace parlor::dialects::conversation
