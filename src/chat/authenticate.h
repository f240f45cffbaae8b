// Who is calling, from credentials whose signatures are already checked. Reads only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// What a verified JWT says (spec identity.md). Absent claims are empty.
struct TokenClaims {
  AccountId account;
  std::string subject;
  std::string role;
  std::string name;
  std::string email;
  Timestamp issued_at;
  bool internal = false;  // signed with the account's own key: the subject may be an agent's hex id
};

// The agent must exist already: by external id, by hex id (internal tokens) or by e-mail. Its
// stored role decides. unauthenticated: nobody, or the token was revoked; forbidden: the token of a
// student, a buyer or a vendor.
Result<Actor> authenticate_agent(Transaction& transaction, const TokenClaims& claims);

// A login token issued now must carry at least this time, so that a revocation in the same second
// does not end it too.
Timestamp earliest_issue_time(const Agent& agent, Timestamp now);

Actor actor_of(const Agent& agent);

// What a visitor's request carries, as text. Absent headers are empty.
struct VisitorCredentials {
  std::string support_token;
  std::string session_id;  // the session's secret
  std::string device_id;
  std::string origin;
};

// The web site that the token names. unauthenticated: unknown, revoked or expired token, or an
// Origin that is none of its domains (the message names both). A missing Origin passes.
Result<SupportToken> authenticate_site(Transaction& transaction, std::string_view support_token,
                                       std::string_view origin);

// unauthenticated: as above, and for a session that is unknown, of another site, of another device,
// ended or expired. A missing device id passes.
Result<Actor> authenticate_visitor(Transaction& transaction, const VisitorCredentials& credentials);

}  // namespace parlor::chat
