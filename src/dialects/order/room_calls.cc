#include "dialects/order/room_calls.h"

#include <boost/json/serialize.hpp>

#include "chat/order_rooms.h"
#include "dialects/common/json_fields.h"
#include "dialects/order/order_fields.h"
#include "dialects/order/order_json.h"

namespace parlor::dialects::order {

namespace json = boost::json;

namespace {

using chat::OrderKey;

Result<chat::CreateOrderRoom> decode_create(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::CreateOrderRoom input{read_new_room(body)};
  if (body.complaint()) return body.failure();
  return input;
}

net::HttpResponse encode_created(const Links& links, const chat::Actor&,
                                 const chat::CreateOrderRoom&,
                                 const chat::OrderRoomCreatedAnswer& created) {
  const json::object body = {
      {"status", true},
      {"statusCode", 200},
      {"message", created.existed ? "The room exists already" : "Room created"},
      {"roomData", room_json(links, created.view)}};
  return net::HttpResponse::json(200, json::serialize(body));
}

// `vendor_id`, one or many.
std::vector<std::string> read_vendors(JsonFields& body) {
  if (!body.is_array("vendor_id")) return {required_id(body, "vendor_id")};
  std::vector<std::string> vendors;
  const auto* items = body.optional_array("vendor_id");
  if (items->empty() || items->size() > chat::kMaxVendorsAsked) {
    body.complain("vendor_id", "must name 1 to " + std::to_string(chat::kMaxVendorsAsked));
    return vendors;
  }
  for (const auto& item : *items) {
    json::object one{{"vendor_id", item}};
    JsonFields field(one);
    vendors.push_back(required_id(field, "vendor_id"));
    body.adopt(field);
  }
  return vendors;
}

// The key of each call; what else is given must match, unless it is empty.
template <OrderKey key>
void read_key(JsonFields& body, chat::FetchOrderRooms& input) {
  auto& query = input.query;
  query.key = key;
  if constexpr (key == OrderKey::agent) {
    query.value = required_id(body, "agent_id");
    query.agent_db = required_id(body, "agent_db");
    if (!body.has("type")) body.complain("type", "is required");
    query.agent_type = query.type.value_or(query.agent_type);
  } else if constexpr (key == OrderKey::vendor) {
    input.vendors = read_vendors(body);
  } else if constexpr (key == OrderKey::user) {
    query.value = required_id(body, "order_user_id");
  } else if constexpr (key == OrderKey::client) {
    query.value = required_id(body, "client_id");
  }
}

void read_filters(JsonFields& body, chat::FetchOrderRooms& input) {
  auto& query = input.query;
  query.type = optional_type(body, "type");
  query.agent_db = optional_id(body, "agent_db");
  query.agent_id = optional_id(body, "agent_id");
  query.order_user_id = optional_id(body, "order_user_id");
  query.sub_domain = optional_id(body, "sub_domain", chat::kMaxOrderPersonCharacters);
  query.client_id = optional_id(body, "client_id");
  const auto limit = body.optional_integer("limit").value_or(chat::kMaxOrderRoomsListed);
  if (limit < 1) body.complain("limit", "must be at least 1");
  query.limit = static_cast<int>(std::min<std::int64_t>(limit, chat::kMaxOrderRoomsListed));
  input.before = optional_id(body, "before");
}

template <OrderKey key>
Result<chat::FetchOrderRooms> decode_fetch(const net::HttpRequest& request) {
  auto object = parse_json_object(request.body);
  if (!object) return object.failure();
  JsonFields body(*object);
  chat::FetchOrderRooms input;
  read_filters(body, input);
  read_key<key>(body, input);
  if (body.complaint()) return body.failure();
  return input;
}

Result<chat::FetchOrderRooms> decode_user_to_user(const net::HttpRequest& request) {
  auto input = decode_fetch<OrderKey::user>(request);
  if (!input) return input;
  input->query.type = chat::OrderRoomType::user_to_user;
  input->query.order_user_id.clear();  // the key, and of rooms of others no filter
  input->or_takes_part = true;
  return input;
}

net::HttpResponse encode_rooms(const Links& links, const chat::Actor&, const chat::FetchOrderRooms&,
                               const std::vector<chat::OrderRoomView>& rooms) {
  const json::object body = {
      {"roomData", rooms_json(links, rooms)}, {"status", true}, {"statusCode", 200}};
  return net::HttpResponse::json(200, json::serialize(body));
}

}  // namespace

void add_room_calls(net::Router& router, const std::string& base, const Services& services) {
  using net::Method;
  router.add(Method::post, base + "/createRoom",
             serve(services, Endpoint<chat::CreateOrderRoom, chat::OrderRoomCreatedAnswer>{
                                 Callers::clients, Access::write, decode_create,
                                 chat::create_order_room, nullptr, nullptr, encode_created}));
  using Fetch = Endpoint<chat::FetchOrderRooms, std::vector<chat::OrderRoomView>>;
  const auto add = [&](const char* name, auto decode) {
    router.add(Method::post, base + name,
               serve(services, Fetch{Callers::clients, Access::read, decode,
                                     chat::fetch_order_rooms, nullptr, nullptr, encode_rooms}));
  };
  add("/fetchRoomByUserAgent", decode_fetch<OrderKey::agent>);
  add("/fetchRoomByVendor", decode_fetch<OrderKey::vendor>);
  add("/fetchRoomByUserId", decode_fetch<OrderKey::user>);
  add("/fetchRoomByClient", decode_fetch<OrderKey::client>);
  add("/fetchAllRoom", decode_fetch<OrderKey::account>);
  add("/fetchRoomByUserIdUserToUser", decode_user_to_user);
}

}  // namespace parlor::dialects::order
