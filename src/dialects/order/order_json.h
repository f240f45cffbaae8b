// Rooms, participants and messages as a marketplace reads them: the source's fields, with its
// spelling and types.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "chat/order_room.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::order {

// With its participants and its last message.
boost::json::object room_json(const Links& links, const chat::OrderRoomView& view);
boost::json::object participant_json(const chat::OrderParticipant& participant,
                                     const chat::OrderRoom& room);
boost::json::object message_json(const Links& links, const chat::OrderMessageView& view,
                                 const chat::OrderRoom& room);

boost::json::array rooms_json(const Links& links, const std::vector<chat::OrderRoomView>& views);

}  // namespace parlor::dialects::order
