// Rooms as conversation-v2 writes them: in an agent's list, in detail, in a visitor's list.
#pragma once

#include <boost/json/object.hpp>

#include "chat/contacts.h"
#include "chat/room_lists.h"
#include "chat/rooms.h"

namespace parlor::dialects::conversation {

boost::json::object room_entry_json(const chat::RoomEntry& entry);
// An earlier room of a contact, which the caller may not be allowed to enter.
boost::json::object contact_room_json(const chat::ContactRoomEntry& entry);
boost::json::object room_detail_json(const chat::RoomDetail& detail);
boost::json::object user_room_json(const chat::UserRoomEntry& entry);

// [{conversation_id, assigned_at}…]
boost::json::array assignees_json(const chat::Room& room);

}  // namespace parlor::dialects::conversation
