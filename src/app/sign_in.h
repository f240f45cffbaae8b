// What somebody gets who has proved who they are: a token of the account's own.
#pragma once

#include "base/clock.h"
#include "chat/account.h"
#include "dialects/common/login.h"

namespace parlor::app {

inline constexpr std::int64_t kLoginTokenLifeMs = 7LL * 24 * 3600 * 1000;

// Good for kLoginTokenLifeMs from `now`, or from when the agent's tokens begin to count.
dialects::LoggedIn sign_in(const chat::Account& account, const chat::Agent& agent, Timestamp now);

}  // namespace parlor::app
