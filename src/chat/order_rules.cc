#include "chat/order_rules.h"

#include <algorithm>

#include "chat/names.h"

namespace parlor::chat {

namespace {

bool is_open_or(const std::string& wanted, const std::string& value) {
  return wanted.empty() || wanted == value;
}

// The other side of the conversation, as a message names it.
std::string_view receiver_of(OrderRoomType type, OrderUserType author) {
  if (is_team(author) || author == OrderUserType::vendor) return "user";
  switch (type) {
    case OrderRoomType::agent_to_user:
      return "agent";
    case OrderRoomType::vendor_to_user:
      return "vendor";
    case OrderRoomType::user_to_user:
      return "user";
  }
  return "user";
}

}  // namespace

bool matches(const OrderRoom& room, const OrderRoomQuery& query) {
  const auto& vendors = query.vendor_ids;
  return (!query.type || *query.type == room.type) && is_open_or(query.agent_db, room.agent_db) &&
         is_open_or(query.agent_id, room.agent_id) &&
         is_open_or(query.order_user_id, room.order_user_id) &&
         is_open_or(query.sub_domain, room.sub_domain) &&
         is_open_or(query.client_id, room.client_id) &&
         (vendors.empty() ||
          std::find(vendors.begin(), vendors.end(), room.vendor_id) != vendors.end());
}

std::optional<OrderRoomType> parse_order_room_type(std::string_view written) {
  std::string name(written);
  std::replace(name.begin(), name.end(), '-', '_');
  return parse_name<OrderRoomType>(name);
}

bool is_team(OrderUserType type) {
  return type == OrderUserType::admin || type == OrderUserType::agent;
}

ContactKind contact_kind_of(OrderUserType type) {
  return type == OrderUserType::vendor ? ContactKind::vendor : ContactKind::buyer;
}

std::string default_room_name(const OrderRoom& room) {
  std::string name =
      "OrderNo-" + room.number + "-orderId-" + room.order_id + "-oderVendor-" + room.vendor_id;
  if (room.type != OrderRoomType::agent_to_user) {
    name.append("-").append(name_of(room.type));
  }
  if (!room.agent_id.empty()) name += "-agentId-" + room.agent_id;
  return name;
}

void complete_direction(OrderMessage& message, const OrderRoom& room) {
  const auto type = parse_order_room_type(message.chat_type).value_or(room.type);
  const auto author = message.author.user_type;
  if (message.chat_type.empty()) message.chat_type = name_of(room.type);
  if (message.from_message.empty()) {
    message.from_message = std::string("from_").append(name_of(author));
  }
  if (message.to_message.empty()) {
    message.to_message = std::string("to_").append(receiver_of(type, author));
  }
  const bool by_vendor = author == OrderUserType::vendor;
  if (message.to_id.empty()) message.to_id = by_vendor ? room.order_user_id : room.vendor_id;
  if (message.from_id.empty()) message.from_id = by_vendor ? room.vendor_id : room.order_user_id;
}

}  // namespace parlor::chat
