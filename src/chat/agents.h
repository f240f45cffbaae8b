// The people who answer: made, invited, changed, signed out (spec admin.md).
//
// Called by the command line (as `server_operator`) and by admins. Passwords come hashed. Every act
// is in the audit log. An account has at most kMaxAgents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxAgents = 1'000;
inline constexpr std::size_t kMaxAvatarBytes = 2'048;

struct CreateAgent {
  std::string name;
  std::string email;          // any case
  std::string password_hash;  // encoded argon2id; empty = cannot log in
  std::string external_id;    // may be empty
  AgentRole role = AgentRole::agent;
  bool has_seat = true;
  int capacity = 20;   // 0 to 10,000
  std::string avatar;  // an https URL; may be empty
};
// invalid: a field; conflict: the e-mail is taken on this server, the external id in this account,
// or there are too many agents.
Result<Agent> create_agent(Transaction& transaction, const Actor& actor, const CreateAgent& input);

struct InviteAgent {
  CreateAgent agent;
  std::string client_id;
};
struct AgentInvited {
  Agent agent;
  std::string token;  // "pin_…", shown once
  Timestamp expires_at;
};
// Makes the agent, who sets a password with the token.
Result<AgentInvited> invite_agent(Transaction& transaction, const Actor& actor,
                                  const InviteAgent& input);
// A new invitation for an agent who is there: an earlier one stops working.
Result<AgentInvited> invite_again(Transaction& transaction, const Actor& actor, AgentId agent);

// Whom the token invites. unauthenticated: unknown, used or expired. Needs no actor: the token is
// the proof.
Result<Agent> find_invited(Transaction& transaction, const std::string& token);

struct AcceptInvitation {
  std::string token;
  std::string password_hash;
};
// The invitation is used up; tokens of before end.
Result<Agent> accept_invitation(Transaction& transaction, const AcceptInvitation& input);

struct UpdateAgent {
  AgentId agent;
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> avatar;
  std::optional<AgentRole> role;
  std::optional<bool> has_seat;
  std::optional<int> capacity;
  std::optional<bool> deactivated;  // signs out, and keeps from signing in
};
// conflict: the e-mail is taken, or the account would be left without an admin. What the agent's
// sockets may see follows.
Result<Agent> update_agent(Transaction& transaction, const Actor& actor, const UpdateAgent& input);

Result<std::vector<Agent>> list_agents(Transaction& transaction, const Actor& actor);

struct TeamMember {
  Agent agent;
  std::optional<Timestamp> invited_until;  // an invitation that waits to be used
};
Result<std::vector<TeamMember>> list_team(Transaction& transaction, const Actor& actor);

struct SetPassword {
  ConversationId agent;
  std::string password_hash;
};
// Ends the agent's earlier tokens too.
Result<Agent> set_agent_password(Transaction& transaction, const Actor& actor,
                                 const SetPassword& input);

// Every token issued to the agent before now stops working, and its sockets end.
Result<Agent> revoke_agent_tokens(Transaction& transaction, const Actor& actor,
                                  ConversationId agent);

}  // namespace parlor::chat
