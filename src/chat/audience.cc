#include "chat/audience.h"

#include <utility>

namespace parlor::chat {

Audience team_of(const Room& room, Visibility visibility) {
  Audience audience;
  audience.account = room.account;
  audience.admins = true;
  for (const Assignee& assignee : room.assignees) audience.agents.push_back(assignee.agent);
  if (open_to_members(room, visibility)) audience.members_of = room.inbox;
  return audience;
}

Audience team_of_but(const Room& room, Visibility visibility, ConversationId except) {
  Audience audience = team_of(room, visibility);
  audience.except.push_back(except);
  return audience;
}

Audience contact_of(const Room& room) {
  Audience audience;
  audience.account = room.account;
  audience.contact = room.conversation;
  return audience;
}

Audience joiners_of(const Room& room) {
  Audience audience;
  audience.account = room.account;
  for (const Assignee& assignee : room.assignees) audience.agents.push_back(assignee.agent);
  if (room.assignees.empty()) audience.members_of = room.inbox;
  return audience;
}

Audience these_agents(AccountId account, std::vector<ConversationId> agents) {
  Audience audience;
  audience.account = account;
  audience.agents = std::move(agents);
  return audience;
}

std::vector<Audience> audiences_of(const Message& message, const Room& room, Visibility visibility,
                                   const std::vector<ConversationId>& snoozing) {
  if (message.sender == SenderKind::customer) return {team_of(room, visibility)};
  Audience colleagues = team_of_but(room, visibility, message.author);
  colleagues.except.insert(colleagues.except.end(), snoozing.begin(), snoozing.end());
  if (message.type == MessageType::note) return {std::move(colleagues)};
  return {contact_of(room), std::move(colleagues)};
}

}  // namespace parlor::chat
