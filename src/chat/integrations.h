// Keys for servers: made and ended by admins, seen by the team (spec admin.md). In the audit log.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxIntegrations = 100;

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

}  // namespace parlor::chat
