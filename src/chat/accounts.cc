#include "chat/accounts.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/availability.h"
#include "chat/fields.h"
#include "chat/origin.h"
#include "chat/routing.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr int kMaxCapacity = 10'000;
constexpr std::size_t kMaxDomains = 100;
constexpr std::size_t kMaxScopes = 50;
constexpr std::int64_t kSecondMs = 1000;

Event revoked(AccountId account, ConnectionsRevoked what) {
  Event event;
  event.audience.account = account;
  event.body = what;
  return event;
}

ConnectionsRevoked of_agent(ConnectionsRevoked::Why why, ConversationId agent) {
  ConnectionsRevoked what;
  what.why = why;
  what.agent = agent;
  return what;
}

Result<Agent> find_agent(Transaction& transaction, const Actor& actor, ConversationId id) {
  auto agent = transaction.agents().find_by_conversation(actor.account, id);
  if (!agent) return fail(ErrorCode::not_found, "Agent not found");
  return std::move(*agent);
}

// Tokens carry whole seconds: what was issued in this second may be older than now.
void end_tokens(Transaction& transaction, Agent& agent) {
  // A second time in the same second must end what was issued since the first.
  const Timestamp next_second{(transaction.now().seconds() + 1) * kSecondMs};
  agent.tokens_not_before = std::max(next_second, agent.tokens_not_before + kSecondMs);
  transaction.agents().update(agent);
  transaction.record(
      revoked(agent.account, of_agent(ConnectionsRevoked::Why::agent_revoked, agent.conversation)));
}

Result<Ok> check_free(Transaction& transaction, AccountId account, const Agent& agent) {
  if (transaction.agents().find_by_email(agent.email)) {
    return fail(ErrorCode::conflict, "An agent with the e-mail " + agent.email +
                                         " exists on this server: use another address");
  }
  if (!agent.external_id.empty() &&
      transaction.agents().find_by_external_id(account, agent.external_id)) {
    return fail(ErrorCode::conflict, "Another agent has the external id " + agent.external_id);
  }
  return Ok{};
}

Result<Inbox> check_membership(Transaction& transaction, const Actor& actor,
                               const InboxMember& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto inbox = transaction.inboxes().find(actor.account, input.inbox);
  if (!inbox) return fail(ErrorCode::not_found, "Inbox not found");
  if (auto agent = find_agent(transaction, actor, input.agent); !agent) return agent.failure();
  return std::move(*inbox);
}

void announce_membership(Transaction& transaction, const Actor& actor, ConversationId agent) {
  transaction.record(
      revoked(actor.account, of_agent(ConnectionsRevoked::Why::membership_changed, agent)));
}

Result<std::vector<std::string>> check_domains(const std::vector<std::string>& written) {
  if (written.size() > kMaxDomains) {
    return fail(ErrorCode::invalid,
                "A token has at most " + std::to_string(kMaxDomains) + " domains");
  }
  std::vector<std::string> domains;
  for (const std::string& domain : written) {
    auto line = check_line("domain", domain, kMaxIdentifierBytes);
    if (!line) return line.failure();
    auto normalised = normalise_domain(*line);
    if (!normalised) {
      return fail(ErrorCode::invalid, "domain \"" + *line + "\" must be a host, like example.com");
    }
    domains.push_back(std::move(*normalised));
  }
  return domains;
}

}  // namespace

Actor server_operator(AccountId account) {
  Actor actor;
  actor.kind = ActorKind::admin;
  actor.account = account;
  actor.name = "server operator";
  return actor;
}

Result<Account> create_account(Transaction& transaction, const CreateAccount& input) {
  auto name = check_required_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  Account account;
  account.id = transaction.ids().make<AccountId>();
  account.name = std::move(*name);
  account.jwt_secret = base64url_encode(random_bytes(kKeyBytes));
  account.identity_key = base64url_encode(random_bytes(kKeyBytes));
  account.created_at = transaction.now();
  transaction.accounts().insert(account);
  return account;
}

std::vector<Account> list_accounts(Transaction& transaction) {
  return transaction.accounts().list();
}

Result<Agent> create_agent(Transaction& transaction, const Actor& actor, const CreateAgent& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto name = check_required_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto email = check_email("email", input.email);
  if (!email) return email.failure();
  auto external_id = check_line("external_id", input.external_id, kMaxIdentifierBytes);
  if (!external_id) return external_id.failure();
  if (input.capacity < 0 || input.capacity > kMaxCapacity) {
    return fail(ErrorCode::invalid,
                "capacity must be between 0 and " + std::to_string(kMaxCapacity));
  }
  Agent agent;
  agent.account = actor.account;
  agent.external_id = std::move(*external_id);
  agent.name = std::move(*name);
  agent.email = std::move(*email);
  if (auto free = check_free(transaction, actor.account, agent); !free) return free.failure();
  agent.id = transaction.ids().make<AgentId>();
  agent.conversation = transaction.ids().make<ConversationId>();
  agent.password_hash = input.password_hash;
  agent.role = input.role;
  agent.has_seat = input.has_seat;
  agent.capacity = input.capacity;
  agent.created_at = transaction.now();
  transaction.agents().insert(agent);
  expect_agent(transaction, agent);
  return agent;
}

Result<std::vector<Agent>> list_agents(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.agents().list(actor.account);
}

Result<Agent> set_agent_password(Transaction& transaction, const Actor& actor,
                                 const SetPassword& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = find_agent(transaction, actor, input.agent);
  if (!agent) return agent;
  agent->password_hash = input.password_hash;
  end_tokens(transaction, *agent);
  return agent;
}

Result<Agent> revoke_agent_tokens(Transaction& transaction, const Actor& actor, ConversationId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto agent = find_agent(transaction, actor, id);
  if (!agent) return agent;
  end_tokens(transaction, *agent);
  return agent;
}

Result<Inbox> create_inbox(Transaction& transaction, const Actor& actor, const CreateInbox& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto name = check_required_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto icon = check_line("icon", input.icon, kMaxIdentifierBytes);
  if (!icon) return icon.failure();
  Inbox inbox;
  inbox.id = transaction.ids().make<InboxId>();
  inbox.account = actor.account;
  inbox.name = std::move(*name);
  inbox.icon = std::move(*icon);
  inbox.channel = input.channel;
  inbox.algorithm = input.algorithm;
  inbox.visibility = input.visibility;
  inbox.created_at = transaction.now();
  transaction.inboxes().insert(inbox);
  return inbox;
}

Result<std::vector<Inbox>> list_inboxes(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.inboxes().list(actor.account);
}

Result<Ok> add_inbox_member(Transaction& transaction, const Actor& actor,
                            const InboxMember& input) {
  auto inbox = check_membership(transaction, actor, input);
  if (!inbox) return inbox.failure();
  if (transaction.inboxes().is_member(actor.account, inbox->id, input.agent)) return Ok{};
  transaction.inboxes().add_member(actor.account, inbox->id, input.agent);
  announce_membership(transaction, actor, input.agent);
  follow_joining(transaction, *inbox, input.agent);
  return Ok{};
}

Result<Ok> remove_inbox_member(Transaction& transaction, const Actor& actor,
                               const InboxMember& input) {
  auto inbox = check_membership(transaction, actor, input);
  if (!inbox) return inbox.failure();
  if (!transaction.inboxes().is_member(actor.account, inbox->id, input.agent)) return Ok{};
  transaction.inboxes().remove_member(actor.account, inbox->id, input.agent);
  announce_membership(transaction, actor, input.agent);
  follow_leaving(transaction, *inbox, input.agent);
  return Ok{};
}

Result<SupportTokenCreated> create_support_token(Transaction& transaction, const Actor& actor,
                                                 const CreateSupportToken& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto name = check_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto domains = check_domains(input.domains);
  if (!domains) return domains.failure();
  if (input.scopes.size() > kMaxScopes) {
    return fail(ErrorCode::invalid,
                "A token has at most " + std::to_string(kMaxScopes) + " scopes");
  }
  for (const std::string& scope : input.scopes) {
    auto line = check_required_line("scope", scope, kMaxNameCharacters);
    if (!line) return line.failure();
  }
  if (input.expires_at != Timestamp{} && input.expires_at <= transaction.now()) {
    return fail(ErrorCode::invalid, "expiry_time must be in the future, or 0 for never");
  }
  SupportTokenCreated created;
  created.secret = "pst_" + base64url_encode(random_bytes(kKeyBytes));
  created.token.id = transaction.ids().make<SupportTokenId>();
  created.token.account = actor.account;
  created.token.name = std::move(*name);
  created.token.token_hash = sha256(created.secret);
  created.token.domains = std::move(*domains);
  created.token.scopes = input.scopes;
  created.token.expires_at = input.expires_at;
  created.token.created_at = transaction.now();
  transaction.support_tokens().insert(created.token);
  return created;
}

Result<std::vector<SupportToken>> list_support_tokens(Transaction& transaction,
                                                      const Actor& actor) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  return transaction.support_tokens().list(actor.account);
}

Result<SupportToken> revoke_support_token(Transaction& transaction, const Actor& actor,
                                          SupportTokenId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto token = transaction.support_tokens().find(actor.account, id);
  if (!token) return fail(ErrorCode::not_found, "Support token not found");
  if (token->revoked_at != Timestamp{}) return std::move(*token);
  token->revoked_at = transaction.now();
  transaction.support_tokens().update(*token);
  ConnectionsRevoked what;
  what.why = ConnectionsRevoked::Why::token_revoked;
  what.token = token->id;
  transaction.record(revoked(actor.account, what));
  return std::move(*token);
}

}  // namespace parlor::chat
