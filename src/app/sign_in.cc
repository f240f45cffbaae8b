#include "app/sign_in.h"

#include "chat/authenticate.h"
#include "chat/names.h"
#include "identity/token_minter.h"

namespace parlor::app {

dialects::LoggedIn sign_in(const chat::Account& account, const chat::Agent& agent, Timestamp now) {
  const auto issued_at = chat::earliest_issue_time(agent, now);
  const auto expires_at = issued_at + kLoginTokenLifeMs;
  return {identity::mint({agent.account, to_hex(agent.id), std::string(chat::name_of(agent.role)),
                          agent.name, agent.email, issued_at, expires_at},
                         account.jwt_secret),
          expires_at, agent};
}

}  // namespace parlor::app
