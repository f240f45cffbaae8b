// Ending connections and tokens: recorded with the change that is the reason, in its transaction.
#pragma once

#include "chat/event.h"
#include "chat/transaction.h"

namespace parlor::chat {

// The agent's sockets close; those who still may come back see what they may see now.
void reconnect_agent(Transaction& transaction, const Agent& agent);

// Every token issued to the agent before now stops working. Changes `agent`, stores it, and closes
// its sockets.
void end_tokens(Transaction& transaction, Agent& agent);

// The contact's sockets close; once it is blocked, they do not come back.
void end_contact(Transaction& transaction, const Contact& contact);

// The integration's sockets close.
void end_integration(Transaction& transaction, const Integration& integration);

// The sockets of the web site close.
void end_site(Transaction& transaction, const SupportToken& token);

// Tokens are to be checked against the account's keys again, those of open sockets too.
void check_keys_again(Transaction& transaction, AccountId account);

}  // namespace parlor::chat
