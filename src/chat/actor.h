// Who is calling: the one value that every use case takes, made by authenticate.h.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "chat/contact.h"

namespace parlor::chat {

// integration: a server of the company's, with a key of its own (order dialect). Of no team.
enum class ActorKind { agent, admin, contact, integration };

struct Actor {
  ActorKind kind = ActorKind::contact;
  AccountId account;
  ConversationId conversation;  // what they act as
  std::string name;
  AgentId agent;      // agents and admins
  ContactId contact;  // contacts; 0 = a token's owner who was never seen before
  ContactKind contact_kind = ContactKind::visitor;  // contacts
  std::string external_id;                          // contacts by token: their `sub`
  SessionId session;                                // contacts
  Timestamp session_touched_at;  // contacts: the session's last activity, as stored
  bool verified = false;         // contacts: the session's identifier was vouched for
  bool blocked = false;          // contacts: an agent lets them write no more

  bool is_team() const { return kind == ActorKind::agent || kind == ActorKind::admin; }
  bool is_admin() const { return kind == ActorKind::admin; }
};

}  // namespace parlor::chat
