#include "chat/agents.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/audit.h"
#include "chat/availability.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/names.h"
#include "chat/revocation.h"
#include "chat/routing.h"
#include "chat/secret.h"

namespace parlor::chat {

namespace {

constexpr int kMaxCapacity = 10'000;
constexpr std::size_t kMaxInvitationBytes = 256;

AuditSubject subject_of(const Agent& agent) { return {agent.id.value, agent.name}; }

Failure agent_not_found() { return fail(ErrorCode::not_found, "Agent not found"); }

Result<Agent> find_agent(Transaction& transaction, const Actor& actor, ConversationId id) {
  auto agent = transaction.agents().find_by_conversation(actor.account, id);
  if (!agent) return agent_not_found();
  return std::move(*agent);
}

Result<Ok> check_capacity(int capacity) {
  if (capacity >= 0 && capacity <= kMaxCapacity) return Ok{};
  return fail(ErrorCode::invalid, "capacity must be between 0 and " + std::to_string(kMaxCapacity));
}

Result<Ok> check_email_is_free(Transaction& transaction, const Agent& agent) {
  const auto other = transaction.agents().find_by_email(agent.email);
  if (!other || other->id == agent.id) return Ok{};
  return fail(ErrorCode::conflict, "An agent with the e-mail " + agent.email +
                                       " exists on this server: use another address");
}

Result<Ok> check_free(Transaction& transaction, const Agent& agent) {
  if (auto free = check_email_is_free(transaction, agent); !free) return free;
  if (!agent.external_id.empty() &&
      transaction.agents().find_by_external_id(agent.account, agent.external_id)) {
    return fail(ErrorCode::conflict, "Another agent has the external id " + agent.external_id);
  }
  if (transaction.agents().list(agent.account).size() >= kMaxAgents) {
    return fail(ErrorCode::conflict,
                "An account has at most " + std::to_string(kMaxAgents) + " agents");
  }
  return Ok{};
}

Result<Agent> checked_agent(AccountId account, const CreateAgent& input) {
  auto name = check_required_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto email = check_email("email", input.email);
  if (!email) return email.failure();
  auto external_id = check_line("external_id", input.external_id, kMaxIdentifierBytes);
  if (!external_id) return external_id.failure();
  auto avatar = check_https_url("avatar", input.avatar, kMaxAvatarBytes);
  if (!avatar) return avatar.failure();
  if (auto capacity = check_capacity(input.capacity); !capacity) return capacity.failure();
  Agent agent;
  agent.account = account;
  agent.external_id = std::move(*external_id);
  agent.name = std::move(*name);
  agent.email = std::move(*email);
  agent.avatar = std::move(*avatar);
  agent.password_hash = input.password_hash;
  agent.role = input.role;
  agent.has_seat = input.has_seat;
  agent.capacity = input.capacity;
  return agent;
}

AgentInvited invite(Transaction& transaction, Agent agent, const std::string& client_id) {
  AgentInvited invited;
  invited.token = make_secret(transaction, agent.account, "pin_", agent.id.value, client_id);
  invited.expires_at = transaction.now() + kInvitationLifeMs;
  transaction.invitations().put(
      {agent.account, agent.id, sha256(invited.token), invited.expires_at});
  invited.agent = std::move(agent);
  return invited;
}

std::string digest_of(const CreateAgent& input) {
  return BodyDigest()
      .add(input.name)
      .add(input.email)
      .add(input.external_id)
      .add(name_of(input.role))
      .add(std::int64_t{input.has_seat})
      .add(std::int64_t{input.capacity})
      .add(input.avatar)
      .finish();
}

// The first answer again. The invitation may have been used since: then its link is no longer good.
Result<AgentInvited> invited_before(Transaction& transaction, const Actor& actor,
                                    const InviteAgent& input, const StoredOutcome& outcome) {
  auto agent = transaction.agents().find(actor.account, AgentId{outcome.subject});
  if (!agent) return agent_not_found();
  AgentInvited invited;
  invited.token = make_secret(transaction, actor.account, "pin_", agent->id.value, input.client_id);
  invited.expires_at = outcome.created_at + kInvitationLifeMs;
  invited.agent = std::move(*agent);
  return invited;
}

bool is_working_admin(const Agent& agent) {
  return agent.role == AgentRole::admin && agent.deactivated_at == Timestamp{};
}

Result<Ok> keep_an_admin(Transaction& transaction, const Agent& before, const Agent& after) {
  if (!is_working_admin(before) || is_working_admin(after)) return Ok{};
  const auto agents = transaction.agents().list(before.account);
  const bool another = std::any_of(agents.begin(), agents.end(), [&](const Agent& agent) {
    return agent.id != before.id && is_working_admin(agent);
  });
  if (another) return Ok{};
  return fail(ErrorCode::conflict,
              before.name + " is the account's only admin: make another agent an admin first");
}

// The agent as the input wants it, checked field by field.
Result<Agent> with_changes(Transaction& transaction, Agent agent, const UpdateAgent& input) {
  if (input.name) {
    auto name = check_required_line("name", *input.name, kMaxNameCharacters);
    if (!name) return name.failure();
    agent.name = std::move(*name);
  }
  if (input.email) {
    auto email = check_email("email", *input.email);
    if (!email) return email.failure();
    agent.email = std::move(*email);
    if (auto free = check_email_is_free(transaction, agent); !free) return free.failure();
  }
  if (input.avatar) {
    auto avatar = check_https_url("avatar", *input.avatar, kMaxAvatarBytes);
    if (!avatar) return avatar.failure();
    agent.avatar = std::move(*avatar);
  }
  if (input.capacity) {
    if (auto capacity = check_capacity(*input.capacity); !capacity) return capacity.failure();
    agent.capacity = *input.capacity;
  }
  if (input.role) agent.role = *input.role;
  if (input.has_seat) agent.has_seat = *input.has_seat;
  if (input.deactivated && *input.deactivated != (agent.deactivated_at != Timestamp{})) {
    agent.deactivated_at = *input.deactivated ? transaction.now() : Timestamp{};
    // Their rooms go back to the queue with the seat.
    agent.has_seat = !*input.deactivated && input.has_seat.value_or(true);
  }
  return agent;
}

Changes changes_between(const Agent& before, const Agent& after) {
  Changes changes;
  changes.add("name", before.name, after.name)
      .add("email", before.email, after.email)
      .add("avatar", before.avatar, after.avatar)
      .add("role", name_of(before.role), name_of(after.role))
      .add("seat", before.has_seat, after.has_seat)
      .add("capacity", std::int64_t{before.capacity}, std::int64_t{after.capacity})
      .add("deactivated", before.deactivated_at != Timestamp{},
           after.deactivated_at != Timestamp{});
  return changes;
}

Result<Agent> add_agent(Transaction& transaction, const Actor& actor, const CreateAgent& input,
                        Availability availability) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = checked_agent(actor.account, input);
  if (!agent) return agent;
  if (auto free = check_free(transaction, *agent); !free) return free.failure();
  agent->id = transaction.ids().make<AgentId>();
  agent->conversation = transaction.ids().make<ConversationId>();
  agent->created_at = transaction.now();
  agent->availability = availability;
  transaction.agents().insert(*agent);
  audit(transaction, actor, "agent.created", subject_of(*agent), changes_between(Agent(), *agent));
  return agent;
}

}  // namespace

Result<Agent> create_agent(Transaction& transaction, const Actor& actor, const CreateAgent& input) {
  auto agent = add_agent(transaction, actor, input, Availability::active);
  if (agent) expect_agent(transaction, *agent);
  return agent;
}

Result<AgentInvited> invite_agent(Transaction& transaction, const Actor& actor,
                                  const InviteAgent& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const RepeatableWrite write(actor, "invite_agent", input.client_id, digest_of(input.agent));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  if (*earlier) return invited_before(transaction, actor, input, **earlier);
  auto agent = add_agent(transaction, actor, input.agent, Availability::away);
  if (!agent) return agent.failure();
  // Nobody is here who has not even chosen a password: they are once they connect.
  AgentPresence presence;
  presence.present = false;
  transaction.routing().set_presence(agent->account, agent->conversation, presence);
  write.remember(transaction, agent->id.value);
  return invite(transaction, std::move(*agent), input.client_id);
}

Result<AgentInvited> invite_again(Transaction& transaction, const Actor& actor, AgentId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = transaction.agents().find(actor.account, id);
  if (!agent) return agent_not_found();
  if (agent->deactivated_at != Timestamp{}) {
    return fail(ErrorCode::conflict, agent->name + " is deactivated: reactivate them first");
  }
  audit(transaction, actor, "agent.invited", subject_of(*agent));
  return invite(transaction, std::move(*agent), "");
}

Result<Agent> find_invited(Transaction& transaction, const std::string& token) {
  const auto unusable = [] {
    return fail(ErrorCode::unauthenticated,
                "This invitation is unknown, used or expired: ask an admin for a new link");
  };
  if (token.empty() || token.size() > kMaxInvitationBytes) return unusable();
  const auto invitation = transaction.invitations().find_by_hash(sha256(token));
  if (!invitation || invitation->expires_at <= transaction.now()) return unusable();
  auto agent = transaction.agents().find(invitation->account, invitation->agent);
  if (!agent || agent->deactivated_at != Timestamp{}) return unusable();
  return std::move(*agent);
}

Result<Agent> accept_invitation(Transaction& transaction, const AcceptInvitation& input) {
  auto agent = find_invited(transaction, input.token);
  if (!agent) return agent;
  transaction.invitations().remove(agent->account, agent->id);
  agent->password_hash = input.password_hash;
  end_tokens(transaction, *agent);
  Actor self;
  self.account = agent->account;
  self.conversation = agent->conversation;
  self.name = agent->name;
  audit(transaction, self, "agent.joined", subject_of(*agent));
  return agent;
}

Result<Agent> update_agent(Transaction& transaction, const Actor& actor, const UpdateAgent& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const auto before = transaction.agents().find(actor.account, input.agent);
  if (!before) return agent_not_found();
  auto agent = with_changes(transaction, *before, input);
  if (!agent) return agent;
  if (auto kept = keep_an_admin(transaction, *before, *agent); !kept) return kept.failure();
  auto changes = changes_between(*before, *agent);
  if (changes.empty()) return agent;

  transaction.agents().update(*agent);
  follow_agent(transaction, *before, *agent);
  const bool leaves = agent->deactivated_at != Timestamp{} && before->deactivated_at == Timestamp{};
  if (leaves) {
    transaction.invitations().remove(agent->account, agent->id);
    end_tokens(transaction, *agent);
  } else if (agent->role != before->role) {
    reconnect_agent(transaction, *agent);
  }
  audit(transaction, actor, "agent.updated", subject_of(*agent), std::move(changes));
  return agent;
}

Result<std::vector<Agent>> list_agents(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.agents().list(actor.account);
}

Result<std::vector<TeamMember>> list_team(Transaction& transaction, const Actor& actor) {
  auto agents = list_agents(transaction, actor);
  if (!agents) return agents.failure();
  const auto invitations = transaction.invitations().list(actor.account);
  std::vector<TeamMember> team;
  for (Agent& agent : *agents) {
    TeamMember member;
    const auto waiting =
        std::find_if(invitations.begin(), invitations.end(), [&](const Invitation& invitation) {
          return invitation.agent == agent.id && invitation.expires_at > transaction.now();
        });
    if (waiting != invitations.end()) member.invited_until = waiting->expires_at;
    member.agent = std::move(agent);
    team.push_back(std::move(member));
  }
  return team;
}

Result<Agent> set_agent_password(Transaction& transaction, const Actor& actor,
                                 const SetPassword& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = find_agent(transaction, actor, input.agent);
  if (!agent) return agent;
  agent->password_hash = input.password_hash;
  end_tokens(transaction, *agent);
  audit(transaction, actor, "agent.password_set", subject_of(*agent));
  return agent;
}

Result<Agent> revoke_agent_tokens(Transaction& transaction, const Actor& actor, ConversationId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = find_agent(transaction, actor, id);
  if (!agent) return agent;
  end_tokens(transaction, *agent);
  audit(transaction, actor, "agent.tokens_revoked", subject_of(*agent));
  return agent;
}

}  // namespace parlor::chat
