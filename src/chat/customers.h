// Customers who come with a token of the host application: students, buyers, vendors.
//
// The token vouches for them: who is seen first with a valid one becomes a contact. Their name and
// e-mail address are the token's, refreshed when they change.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/authenticate.h"
#include "chat/transaction.h"

namespace parlor::chat {

// What the `role` of a token makes of its owner; nothing for the roles of a team.
std::optional<ContactKind> customer_kind(std::string_view role);

// Reads only. Somebody who was never seen before is an actor with contact 0, whose nothing is yet.
// unauthenticated: no `sub`, or the token was revoked.
Result<Actor> authenticate_customer(Transaction& transaction, const TokenClaims& claims);

// The same in a write, which makes a contact of who is new and keeps what has changed of them.
Result<Actor> welcome_customer(Transaction& transaction, const TokenClaims& claims);

}  // namespace parlor::chat
