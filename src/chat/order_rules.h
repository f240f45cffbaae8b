// Rules of order rooms as pure functions over values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chat/contact.h"
#include "chat/order_room.h"

namespace parlor::chat {

// "agent-to-user" means "agent_to_user". Nothing for what is no type.
std::optional<OrderRoomType> parse_order_room_type(std::string_view written);

// Admins and agents; everybody else is a customer.
bool is_team(OrderUserType type);
// What a customer of this kind is as a contact.
ContactKind contact_kind_of(OrderUserType type);

// "OrderNo-52788594-orderId-10-oderVendor-7-agentId-141", spelt as marketplaces know it. Rooms of
// one order that differ in type or agent get different names.
std::string default_room_name(const OrderRoom& room);

// Fills in what the author left out of a message: who it is from and to, and its type.
void complete_direction(OrderMessage& message, const OrderRoom& room);

}  // namespace parlor::chat
