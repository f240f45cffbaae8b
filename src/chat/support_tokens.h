// The web sites of an account: who may open the widget there, and until when (spec identity.md).
//
// Read by the team, changed by admins and by the command line; every act is in the audit log. A
// token is in the answer that makes it and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxSupportTokens = 500;  // in force
inline constexpr std::int64_t kTokenWarningMs = 14LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kSiteSeenMs = 60 * 1000;  // how exactly last_seen is kept

struct CreateSupportToken {
  std::string name;
  std::vector<std::string> domains;  // as origin.h reads them; empty = any site
  std::vector<std::string> scopes;
  Timestamp expires_at;  // 0 = never
  std::string client_id;
};
struct SupportTokenCreated {
  SupportToken token;
  std::string secret;  // "pst_…", shown once
};
Result<SupportTokenCreated> create_support_token(Transaction& transaction, const Actor& actor,
                                                 const CreateSupportToken& input);

// Those in force first.
Result<std::vector<SupportToken>> list_support_tokens(Transaction& transaction, const Actor& actor);

struct SiteView {
  SupportToken token;
  bool is_expired = false;
  bool ends_soon = false;  // within kTokenWarningMs: an admin is to be warned
};
// Those that were not revoked.
Result<std::vector<SiteView>> list_sites(Transaction& transaction, const Actor& actor);

// The sockets of the site end with it.
Result<SupportToken> revoke_support_token(Transaction& transaction, const Actor& actor,
                                          SupportTokenId token);

// The site has used its token now. Writes at most once in kSiteSeenMs; for write transactions.
void note_site_seen(Transaction& transaction, SupportToken token);

}  // namespace parlor::chat
