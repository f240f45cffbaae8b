#include "app/invitation_login.h"

#include <memory>
#include <utility>

#include "app/function_job.h"
#include "app/sign_in.h"
#include "base/digest.h"
#include "chat/agents.h"
#include "identity/password.h"

namespace parlor::app {

struct StoreInvitationLogin::Attempt {
  std::string token;
  std::string password;
  std::function<void(Result<dialects::LoggedIn>)> then;
};

StoreInvitationLogin::StoreInvitationLogin(store::Store& store, Workers& workers,
                                           const Clock& clock, identity::LoginLimits limits)
    : store_(store), workers_(workers), clock_(clock), throttle_(clock, limits) {}

void StoreInvitationLogin::accept(std::string token, std::string password,
                                  std::string client_address,
                                  std::function<void(Result<dialects::LoggedIn>)> then) {
  const auto good = identity::check_new_password(password);
  if (!good) return then(good.failure());
  // Counted by address, and by token where a login counts by e-mail.
  const auto admitted = throttle_.admit(client_address, hex_encode(sha256(token)));
  if (!admitted) return then(admitted.failure());
  auto attempt =
      std::make_shared<Attempt>(Attempt{std::move(token), std::move(password), std::move(then)});
  store_.submit(store::Lane::read, make_job(
                                       AccountId{},
                                       [attempt](chat::Transaction& transaction) {
                                         return chat::find_invited(transaction, attempt->token);
                                       },
                                       [this, attempt](const Result<chat::Agent>& invited) {
                                         if (!invited) return attempt->then(invited.failure());
                                         hash(attempt);
                                       }));
}

void StoreInvitationLogin::hash(const std::shared_ptr<Attempt>& attempt) {
  const bool taken = workers_.submit(
      [this, attempt] { store(attempt, identity::hash_password(attempt->password)); });
  if (!taken) {
    attempt->then(Failure(Error{ErrorCode::unavailable, "too many people sign in now; try again",
                                std::chrono::seconds(1)}));
  }
}

void StoreInvitationLogin::store(const std::shared_ptr<Attempt>& attempt,
                                 std::string password_hash) {
  struct Joined {
    chat::Account account;
    chat::Agent agent;
  };
  auto run = [input = chat::AcceptInvitation{attempt->token, std::move(password_hash)}](
                 chat::Transaction& transaction) -> Result<Joined> {
    auto agent = chat::accept_invitation(transaction, input);
    if (!agent) return agent.failure();
    auto account = transaction.accounts().find(agent->account).value();
    return Joined{std::move(account), std::move(*agent)};
  };
  auto done = [this, attempt](const Result<Joined>& joined) {
    if (!joined) return attempt->then(joined.failure());
    attempt->then(sign_in(joined->account, joined->agent, clock_.now()));
  };
  store_.submit(store::Lane::write, make_job(AccountId{}, std::move(run), std::move(done)));
}

}  // namespace parlor::app
