#include "chat/accounts.h"

#include <utility>

#include "base/digest.h"
#include "chat/audit.h"
#include "chat/fields.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kKeyBytes = 32;

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
  audit(transaction, server_operator(account.id), "account.created",
        {account.id.value, account.name});
  return account;
}

std::vector<Account> list_accounts(Transaction& transaction) {
  return transaction.accounts().list();
}

}  // namespace parlor::chat
