// Messages as conversation-v2 writes them.
//
// Fields beyond the source: seq (the message's place in its room), status (sent, delivered, read by
// the other side).
#pragma once

#include <boost/json/object.hpp>

#include "chat/delivery_status.h"
#include "chat/messages.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::conversation {

// For a person who may see everything in the message: its author, or the team.
boost::json::object message_json(const Links& links, const chat::Message& message,
                                 chat::DeliveryStatus status);

// One entry of a page of history. Agents get `sender_type`, contacts `is_mine`.
boost::json::object agent_history_json(const Links& links, const chat::MessageView& view);
boost::json::object visitor_history_json(const Links& links, const chat::MessageView& view);

// {url, type, name, size}; of images that were uploaded here also width, height, thumbnail_url.
boost::json::object attachment_json(const Links& links, const chat::Attachment& attachment);

}  // namespace parlor::dialects::conversation
