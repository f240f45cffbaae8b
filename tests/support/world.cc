#include "support/world.h"

#include <algorithm>

#include "chat/rooms.h"

namespace parlor::chat::testing {

namespace {

constexpr Timestamp kStart{1'759'919'400'000};  // 2025-10-08T10:30:00Z

std::string name_of_change(RoomChangeKind kind) {
  switch (kind) {
    case RoomChangeKind::created:
      return "created";
    case RoomChangeKind::status:
      return "status";
    case RoomChangeKind::priority:
      return "priority";
    case RoomChangeKind::assignee:
      return "assignee";
    case RoomChangeKind::tags:
      return "tags";
    case RoomChangeKind::notes:
      return "notes";
  }
  return "?";
}

struct Namer {
  std::string operator()(const MessagePosted& posted) const {
    return posted.message->type == MessageType::note ? "newMessage:note" : "newMessage";
  }
  std::string operator()(const RoomCreated&) const { return "joinRoom"; }
  std::string operator()(const RoomUpdated& updated) const {
    return "updateRoom:" + name_of_change(updated.what);
  }
  std::string operator()(const PreferenceChanged& changed) const {
    return changed.what == PreferenceChanged::What::favorite ? "updateRoom:favorite"
                                                             : "updateRoom:snooze";
  }
  std::string operator()(const AccessLost&) const { return "accessLost"; }
  std::string operator()(const MessagesRead&) const { return "messageRead"; }
  std::string operator()(const RoomViewed&) const { return "viewing"; }
  std::string operator()(const ConnectionsRevoked&) const { return "revoked"; }
  std::string operator()(const MessagesDelivered&) const { return "messagesDelivered"; }
  std::string operator()(const StudentNotice& notice) const {
    switch (notice.kind) {
      case StudentNotice::Kind::escalation:
        return "notice:escalation";
      case StudentNotice::Kind::person_wanted:
        return "notice:person_wanted";
      case StudentNotice::Kind::long_wait:
        return "notice:long_wait";
    }
    return "notice";
  }
  std::string operator()(const BotKnowledgeChanged&) const { return "bot knowledge changed"; }
  std::string operator()(const RoutingDue&) const { return "routing due"; }
  std::string operator()(const AgentExpected&) const { return "agent expected"; }
  std::string operator()(const OrderRoomOpened&) const { return "room-created"; }
  std::string operator()(const OrderMessagePosted&) const { return "new-message"; }
  std::string operator()(const TicketChanged&) const { return "ticket changed"; }
  std::string operator()(const MembershipAsked&) const { return "membership asked"; }
};

bool reaches(World& world, const Audience& audience, const Actor& who) {
  if (audience.account != who.account ||
      std::count(audience.except.begin(), audience.except.end(), who.conversation) > 0) {
    return false;
  }
  if (!who.is_team()) return audience.contact == who.conversation;
  const bool named = std::find(audience.agents.begin(), audience.agents.end(), who.conversation) !=
                     audience.agents.end();
  const bool as_member =
      audience.members_of &&
      world.tx.inboxes().is_member(who.account, *audience.members_of, who.conversation);
  return named || as_member || (audience.admins && who.is_admin());
}

}  // namespace

World::World() : tx(kStart) {
  acme = create_account(tx, {"Acme"}).value();
  other = create_account(tx, {"Other"}).value();
  ada = add_agent(acme.id, "Ada", AgentRole::admin);
  ann = add_agent(acme.id, "Ann", AgentRole::agent);
  bob = add_agent(acme.id, "Bob", AgentRole::agent);
  carl = add_agent(acme.id, "Carl", AgentRole::agent);
  eve = add_agent(other.id, "Eve", AgentRole::admin);
  inbox = add_inbox("Support", {ann, bob});
  CreateInbox elsewhere;
  elsewhere.name = "Elsewhere";
  other_inbox = create_inbox(tx, server_operator(other.id), elsewhere).value();
  vic = add_visitor(acme.id, "Vic");
  oz = add_visitor(other.id, "Oz");
  tx.take_events();
}

Actor World::add_agent(AccountId account, const std::string& name, AgentRole role) {
  CreateAgent input;
  input.name = name;
  input.email = name + "@example.com";
  input.role = role;
  const Agent agent = create_agent(tx, server_operator(account), input).value();
  Actor actor;
  actor.kind = role == AgentRole::admin ? ActorKind::admin : ActorKind::agent;
  actor.account = account;
  actor.conversation = agent.conversation;
  actor.name = name;
  actor.agent = agent.id;
  return actor;
}

Actor World::add_visitor(AccountId account, const std::string& name) {
  Contact contact;
  contact.id = tx.ids().make<ContactId>();
  contact.account = account;
  contact.conversation = tx.ids().make<ConversationId>();
  contact.name = name;
  contact.created_at = tx.now();
  tx.contacts().insert(contact);
  Actor actor;
  actor.kind = ActorKind::contact;
  actor.account = account;
  actor.conversation = contact.conversation;
  actor.name = name;
  actor.contact = contact.id;
  return actor;
}

Inbox World::add_inbox(const std::string& name, const std::vector<Actor>& members,
                       Visibility visibility) {
  CreateInbox input;
  input.name = name;
  input.algorithm = RoutingAlgorithm::manual;
  input.visibility = visibility;
  Inbox made = create_inbox(tx, server_operator(acme.id), input).value();
  for (const Actor& member : members) {
    add_inbox_member(tx, server_operator(acme.id), {made.id, member.conversation}).value();
  }
  return made;
}

Room World::start_room(const std::string& description) {
  Room room = create_user_room(tx, vic, {inbox.id, description, ""}).value().room;
  tx.take_events();
  return room;
}

void World::assign(RoomId id, const std::vector<Actor>& agents) {
  ReassignRoom input;
  input.room = id;
  for (const Actor& agent : agents) input.agents.push_back(agent.conversation);
  reassign_room(tx, ada, input).value();
  tx.take_events();
}

void World::set_status(RoomId id, RoomStatus status) {
  UpdateRoom input;
  input.room = id;
  input.status = status;
  update_room(tx, ada, input).value();
  tx.take_events();
}

std::string World::heard(const Actor& who) {
  std::string names;
  for (const Event& event : tx.events) {
    if (!reaches(*this, event.audience, who)) continue;
    if (!names.empty()) names += ' ';
    names += std::visit(Namer{}, event.body);
  }
  return names;
}

std::string World::heard_by_all() {
  std::string all;
  for (const Actor& who : {ada, ann, bob, carl, vic, eve, oz}) {
    const std::string names = heard(who);
    if (names.empty()) continue;
    if (!all.empty()) all += "; ";
    all += who.name + ": " + names;
  }
  return all;
}

}  // namespace parlor::chat::testing
