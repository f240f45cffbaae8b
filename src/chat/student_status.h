// What a student's chat is to the other dialects, and back: the one place that knows (spec
// admin.md).
//
//   student               room     whoever set it by hand in another dialect
//   bot_handling          pending  pending
//   waiting_for_admin     open     (routing assigns without changing it)
//   admin_handling        open     open; an agent's message; an assignment by hand
//   resolved, closed      closed   closed → closed
#pragma once

#include "chat/room.h"
#include "chat/student_chat.h"

namespace parlor::chat {

RoomStatus room_status_of(StudentStatus status);

// What `wanted`, set by a person of the team, makes of a chat.
StudentStatus student_status_for(StudentStatus before, RoomStatus wanted);

// Whether it is over until somebody writes again.
bool is_ended(StudentStatus status);

}  // namespace parlor::chat
