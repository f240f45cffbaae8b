#include "app/token_authority.h"

#include <memory>
#include <utility>

#include "app/function_job.h"

namespace parlor::app {

StoreTokenAuthority::StoreTokenAuthority(store::Store& store, const Clock& clock)
    : store_(store), clock_(clock), cache_(clock) {}

void StoreTokenAuthority::verify(std::string token,
                                 std::function<void(Result<chat::TokenClaims>)> then) {
  verify_until(token, [then = std::move(then)](Result<identity::VerifiedToken> verified) {
    if (!verified) return then(verified.failure());
    then(std::move(verified->claims));
  });
}

void StoreTokenAuthority::verify_until(const std::string& token,
                                       std::function<void(Result<identity::VerifiedToken>)> then) {
  if (const auto known = cache_.find(token)) return then(*known);
  auto unverified = identity::peek(token);
  if (!unverified) return then(unverified.failure());

  const auto generation = cache_.generation();
  const auto account_id = unverified->account;
  auto check = [this, generation, unverified = std::move(*unverified)](
                   chat::Transaction& transaction) -> Result<identity::VerifiedToken> {
    const auto account = transaction.accounts().find(unverified.account);
    if (!account)
      return fail(ErrorCode::unauthenticated, "the token names no account of this server");
    const identity::AccountKeys keys{account->id, account->jwt_secret,
                                     transaction.accounts().host_keys(account->id)};
    auto verified = verifier_.verify(unverified, keys, clock_.now());
    if (!verified) return verified.failure();
    cache_.insert(unverified.text, std::make_shared<identity::VerifiedToken>(*verified),
                  generation);
    return verified;
  };
  store_.submit(store::Lane::read, make_job(account_id, std::move(check), std::move(then)));
}

}  // namespace parlor::app
