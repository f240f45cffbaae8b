// Keys for servers: made and ended by admins, seen by the team (spec admin.md). In the audit log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxIntegrations = 100;
inline constexpr std::string_view kIntegrationKeyPrefix = "pik_";

struct CreateIntegration {
  std::string name;
  std::string client_id;
};
struct IntegrationCreated {
  Integration integration;
  std::string key;  // "pik_…", shown once
};
Result<IntegrationCreated> create_integration(Transaction& transaction, const Actor& actor,
                                              const CreateIntegration& input);
Result<std::vector<Integration>> list_integrations(Transaction& transaction, const Actor& actor);
// Its key opens nothing any more.
Result<Integration> delete_integration(Transaction& transaction, const Actor& actor,
                                       IntegrationId integration);

// Who calls with this key. unauthenticated: no such key (any more).
Result<Actor> authenticate_integration(Transaction& transaction, std::string_view key);

// The order dialect's callers name the account twice: by what proves who they are, and by its
// client code. unauthenticated: it is another, or the account has none.
Result<Ok> require_client_code(Transaction& transaction, AccountId account,
                               std::string_view client_code);

}  // namespace parlor::chat
