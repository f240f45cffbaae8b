// Who is told of each event (spec conversation-v2.md, Socket.IO).
//
// Every audience is either the team's or the contact's, never both: the two are told different
// things.
#pragma once

#include <vector>

#include "base/result.h"
#include "chat/access.h"
#include "chat/event.h"

namespace parlor::chat {

// The agents who may see the room, admins included.
Audience team_of(const Room& room, Visibility visibility);
Audience team_of_but(const Room& room, Visibility visibility, ConversationId except);

Audience contact_of(const Room& room);

// joinRoom: the assignees, or the members of the inbox while nobody is assigned.
Audience joiners_of(const Room& room);

// Agents, and no others.
Audience these_agents(AccountId account, std::vector<ConversationId> agents);

// A message's audiences, as events to record: a customer's goes to the team; a team member's to the
// contact and to the rest of the team; a note to the rest of the team only. Agents who have snoozed
// the room hear only of its customer.
std::vector<Audience> audiences_of(const Message& message, const Room& room, Visibility visibility,
                                   const std::vector<ConversationId>& snoozing = {});

}  // namespace parlor::chat
