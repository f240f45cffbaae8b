// Messages as conversation-v2 writes them.
//
// Fields beyond the source: seq (the message's place in its room), status (sent, delivered, read by
// the other side).
#pragma once

#include <boost/json/object.hpp>

#include "chat/delivery_status.h"
#include "chat/messages.h"

namespace parlor::dialects::conversation {

// For a person who may see everything in the message: its author, or the team.
boost::json::object message_json(const chat::Message& message, chat::DeliveryStatus status);

// One entry of a page of history. Agents get `sender_type`, contacts `is_mine`.
boost::json::object agent_history_json(const chat::MessageView& view);
boost::json::object visitor_history_json(const chat::MessageView& view);

}  // namespace parlor::dialects::conversation
