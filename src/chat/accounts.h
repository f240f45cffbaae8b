// Accounts: made by the person at the server's shell. What an account's admins do is in agents.h,
// inboxes.h, support_tokens.h, account_settings.h, canned_replies.h and integrations.h.
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

}  // namespace parlor::chat
