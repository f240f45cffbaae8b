#include "app/password_login.h"

#include <memory>
#include <optional>
#include <utility>

#include "app/function_job.h"
#include "app/sign_in.h"
#include "identity/password.h"

namespace parlor::app {
namespace {

struct Found {
  chat::Agent agent;
  chat::Account account;
};

Result<std::optional<Found>> find_agent(chat::Transaction& transaction, const std::string& email) {
  const auto agent = transaction.agents().find_by_email(email);
  if (!agent || agent->deactivated_at != Timestamp{}) return std::optional<Found>();
  const auto account = transaction.accounts().find(agent->account);
  if (!account) return std::optional<Found>();
  return std::optional<Found>(Found{*agent, *account});
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

struct PasswordLogin::Attempt {
  std::string email;
  std::string password;
  std::string client_address;
  std::function<void(Result<dialects::LoggedIn>)> then;
  std::optional<Found> found;
};

PasswordLogin::PasswordLogin(store::Store& store, Workers& workers, const Clock& clock,
                             identity::LoginLimits limits)
    : store_(store), workers_(workers), clock_(clock), throttle_(clock, limits) {}

void PasswordLogin::log_in(std::string email, std::string password, std::string client_address,
                           std::function<void(Result<dialects::LoggedIn>)> then) {
  auto attempt = std::make_shared<Attempt>(Attempt{lower_case(std::move(email)),
                                                   std::move(password),
                                                   std::move(client_address),
                                                   std::move(then),
                                                   {}});
  const auto admitted = throttle_.admit(attempt->client_address, attempt->email);
  if (!admitted) return attempt->then(admitted.failure());
  store_.submit(store::Lane::read, make_job(
                                       AccountId{},
                                       [attempt](chat::Transaction& transaction) {
                                         return find_agent(transaction, attempt->email);
                                       },
                                       [this, attempt](Result<std::optional<Found>> found) {
                                         if (!found) return attempt->then(found.failure());
                                         attempt->found = std::move(*found);
                                         check(attempt);
                                       }));
}

void PasswordLogin::check(const std::shared_ptr<Attempt>& attempt) {
  const auto hash = attempt->found ? attempt->found->agent.password_hash : std::string();
  const bool taken =
      identity::check_password(workers_, hash, attempt->password, [this, attempt](bool matches) {
        if (!matches || !attempt->found) {
          return attempt->then(fail(ErrorCode::unauthenticated, "wrong e-mail or password"));
        }
        throttle_.succeeded(attempt->client_address, attempt->email);
        attempt->then(sign_in(attempt->found->account, attempt->found->agent, clock_.now()));
      });
  if (!taken) {
    attempt->then(Failure(Error{ErrorCode::unavailable, "too many people sign in now; try again",
                                std::chrono::seconds(1)}));
  }
}

}  // namespace parlor::app
