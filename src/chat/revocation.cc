#include "chat/revocation.h"

#include <algorithm>
#include <utility>

namespace parlor::chat {

namespace {

constexpr std::int64_t kSecondMs = 1000;

using Why = ConnectionsRevoked::Why;

void record(Transaction& transaction, AccountId account, ConnectionsRevoked what) {
  Event event;
  event.audience.account = account;
  event.body = what;
  transaction.record(std::move(event));
}

}  // namespace

void reconnect_agent(Transaction& transaction, const Agent& agent) {
  ConnectionsRevoked what;
  what.why = Why::membership_changed;
  what.person = agent.conversation;
  record(transaction, agent.account, what);
}

void end_tokens(Transaction& transaction, Agent& agent) {
  // Tokens carry whole seconds: what was issued in this second may be older than now. A second time
  // in the same second must end what was issued since the first.
  const Timestamp next_second{(transaction.now().seconds() + 1) * kSecondMs};
  agent.tokens_not_before = std::max(next_second, agent.tokens_not_before + kSecondMs);
  transaction.agents().update(agent);
  ConnectionsRevoked what;
  what.why = Why::agent_revoked;
  what.person = agent.conversation;
  record(transaction, agent.account, what);
}

void end_contact(Transaction& transaction, const Contact& contact) {
  ConnectionsRevoked what;
  what.why = Why::contact_blocked;
  what.person = contact.conversation;
  record(transaction, contact.account, what);
}

void end_integration(Transaction& transaction, const Integration& integration) {
  ConnectionsRevoked what;
  what.why = Why::agent_revoked;
  what.person = conversation_of(integration);
  record(transaction, integration.account, what);
}

void end_site(Transaction& transaction, const SupportToken& token) {
  ConnectionsRevoked what;
  what.why = Why::token_revoked;
  what.token = token.id;
  record(transaction, token.account, what);
}

void check_keys_again(Transaction& transaction, AccountId account) {
  ConnectionsRevoked what;
  what.why = Why::keys_changed;
  what.account = account;
  record(transaction, account, what);
}

}  // namespace parlor::chat
