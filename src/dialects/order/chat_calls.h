// The chat of a room: who takes part, what is said.
#pragma once

#include <memory>
#include <string>

#include "chat/order_messages.h"
#include "chat/order_rooms.h"
#include "dialects/common/endpoint.h"
#include "dialects/common/json_fields.h"
#include "net/router.h"

namespace parlor::dialects::order {

void add_chat_calls(net::Router& router, const std::string& base, const Services& services);

// sendMessage over either transport.
Result<chat::SendOrderMessage> read_send(JsonFields& body);
boost::json::object sent_json(const Links& links, const chat::OrderMessageSent& sent);

}  // namespace parlor::dialects::order
