// Rules of a room as pure functions over values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/message.h"
#include "chat/room.h"

namespace parlor::chat {

// A time after every one given out in the room before, and not before `now`.
Timestamp next_stamp(const Room& room, Timestamp now);

// A customer who writes again is not done: closed and pending rooms open.
bool customer_message_reopens(RoomStatus status);

// Closing sets closed_at; anything else clears it. An unassigned room waits in the queue while it
// is open.
void set_status(Room& room, RoomStatus status, Timestamp at);

// Agents who were assigned already keep their time. Unassigned open rooms wait in the queue,
// with the place they had.
void set_assignees(Room& room, const std::vector<ConversationId>& agents, Timestamp at);

// Previews, running counts and times after the room's newest message. A note shows to agents only
// and counts for nobody.
void count_message(Room& room, const Message& message);

std::string subject_of(std::string_view description);
MessagePreview preview_of(const Message& message);

// RoomChange::new_value of an assignment.
std::string spell_assignees(const Room& room);

// The same with when each was assigned ("12@1759919400000,…"), and back.
std::string spell_assignees_with_times(const Room& room);
std::vector<Assignee> parse_assignees(std::string_view with_times);

}  // namespace parlor::chat
