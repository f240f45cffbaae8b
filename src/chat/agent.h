// An agent: a person of the company who answers. An agent acts in rooms as its conversation.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

enum class AgentRole { agent, admin };
enum class Availability { active, away };

struct Agent {
  AgentId id;
  AccountId account;
  ConversationId conversation;  // unique on the server; what messages and assignments name
  std::string external_id;      // the `sub` of the host application's tokens; may be empty
  std::string name;
  std::string email;          // lower case, unique on the server
  std::string password_hash;  // argon2id, in its encoded form; empty = cannot log in
  AgentRole role = AgentRole::agent;
  bool has_seat = true;
  int capacity = 20;  // open rooms that routing gives at most
  Availability availability = Availability::active;
  std::string avatar;           // an https URL; may be empty
  Timestamp deactivated_at;     // 0 = works here; else nothing and nobody signs in as them
  Timestamp tokens_not_before;  // tokens issued earlier are revoked
  Timestamp created_at;
};

}  // namespace parlor::chat
