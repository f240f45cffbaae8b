// Administration: accounts, their agents, inboxes and web sites.
//
// Called by the command line (as `server_operator`) and by admins. Passwords come hashed; secrets
// that are shown once are in the answer and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// The person at the server's shell: an admin of whichever account it names.
Actor server_operator(AccountId account);

struct CreateAccount {
  std::string name;
};
// With fresh keys for login tokens and for visitors' identifiers. Needs no actor: only the command
// line and the start of the server call it.
Result<Account> create_account(Transaction& transaction, const CreateAccount& input);
std::vector<Account> list_accounts(Transaction& transaction);

struct CreateAgent {
  std::string name;
  std::string email;          // any case
  std::string password_hash;  // encoded argon2id; empty = cannot log in
  std::string external_id;    // may be empty
  AgentRole role = AgentRole::agent;
  bool has_seat = true;
  int capacity = 20;  // 0 to 10,000
};
// invalid: name or e-mail; conflict: the e-mail is taken on this server, or the external id in this
// account.
Result<Agent> create_agent(Transaction& transaction, const Actor& actor, const CreateAgent& input);
Result<std::vector<Agent>> list_agents(Transaction& transaction, const Actor& actor);

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

struct CreateInbox {
  std::string name;
  std::string icon;
  Channel channel = Channel::widget;
  RoutingAlgorithm algorithm = RoutingAlgorithm::round_robin;
  Visibility visibility = Visibility::assigned;
};
Result<Inbox> create_inbox(Transaction& transaction, const Actor& actor, const CreateInbox& input);
Result<std::vector<Inbox>> list_inboxes(Transaction& transaction, const Actor& actor);

struct InboxMember {
  InboxId inbox;
  ConversationId agent;
};
// Both are fine when it is so already. What the agent's sockets may see follows.
Result<Ok> add_inbox_member(Transaction& transaction, const Actor& actor, const InboxMember& input);
Result<Ok> remove_inbox_member(Transaction& transaction, const Actor& actor,
                               const InboxMember& input);

struct CreateSupportToken {
  std::string name;
  std::vector<std::string> domains;  // as origin.h reads them; empty = any site
  std::vector<std::string> scopes;
  Timestamp expires_at;  // 0 = never
};
struct SupportTokenCreated {
  SupportToken token;
  std::string secret;  // "pst_…", shown once
};
Result<SupportTokenCreated> create_support_token(Transaction& transaction, const Actor& actor,
                                                 const CreateSupportToken& input);
Result<std::vector<SupportToken>> list_support_tokens(Transaction& transaction, const Actor& actor);
// The sockets of the site end with it.
Result<SupportToken> revoke_support_token(Transaction& transaction, const Actor& actor,
                                          SupportTokenId token);

}  // namespace parlor::chat
