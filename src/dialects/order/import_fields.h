// Reading the records of another system, as fetchRoomByUserAgent answers them.
//
// A record is complained of when it has no usable _id or time, a field of the wrong type, or names
// another room than the one it stands in. What it says otherwise than Parlor would by itself (a
// participant's `status`, the keys of the room as they were once) is kept with it as JSON and shown
// again; null and what the format does not have is left out.
#pragma once

#include "chat/order_import.h"
#include "chat/order_room.h"
#include "dialects/common/json_fields.h"

namespace parlor::dialects::order {

struct ImportedRoom {
  chat::OrderRoom order;  // updated_at: 0 = not said
  bool is_open = true;
};
ImportedRoom read_imported_room(JsonFields& fields);
// Of a room that was read well.
chat::OrderParticipant read_imported_participant(JsonFields& fields, const ImportedRoom& room);
chat::ImportedOrderMessage read_imported_message(JsonFields& fields, const ImportedRoom& room);

}  // namespace parlor::dialects::order
