#include "dialects/order/routes.h"

#include "dialects/order/chat_calls.h"
#include "dialects/order/room_calls.h"

namespace parlor::dialects::order {

void add_routes(net::Router& router, const Services& services) {
  add_room_calls(router, kRoomPath, services);
  add_chat_calls(router, kChatPath, services);
}

}  // namespace parlor::dialects::order
