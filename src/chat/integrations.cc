#include "chat/integrations.h"

#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/revocation.h"
#include "chat/secret.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxKeyBytes = 256;

AuditSubject subject_of(const Integration& integration) {
  return {integration.id.value, integration.name};
}

std::string key_of(Transaction& transaction, const Integration& integration,
                   const std::string& client_id) {
  return make_secret(transaction, integration.account, kIntegrationKeyPrefix, integration.id.value,
                     client_id);
}

}  // namespace

Result<IntegrationCreated> create_integration(Transaction& transaction, const Actor& actor,
                                              const CreateIntegration& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const RepeatableWrite write(actor, "create_integration", input.client_id,
                              BodyDigest().add(input.name).finish());
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  IntegrationCreated created;
  if (*earlier) {
    auto known = transaction.integrations().find(actor.account, {(*earlier)->subject});
    if (!known) return fail(ErrorCode::gone, "The key made with this client id was deleted");
    created.key = key_of(transaction, *known, input.client_id);
    created.integration = std::move(*known);
    return created;
  }
  auto name = check_required_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  if (transaction.integrations().list(actor.account).size() >= kMaxIntegrations) {
    return fail(ErrorCode::conflict, "An account has at most " + std::to_string(kMaxIntegrations) +
                                         " integrations: delete one that is not used");
  }
  auto& integration = created.integration;
  integration.id = transaction.ids().make<IntegrationId>();
  integration.account = actor.account;
  integration.name = std::move(*name);
  created.key = key_of(transaction, integration, input.client_id);
  integration.key_hash = sha256(created.key);
  integration.created_at = transaction.now();
  transaction.integrations().insert(integration);
  audit(transaction, actor, "integration.created", subject_of(integration));
  write.remember(transaction, integration.id.value);
  return created;
}

Result<std::vector<Integration>> list_integrations(Transaction& transaction, const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.integrations().list(actor.account);
}

Result<Integration> delete_integration(Transaction& transaction, const Actor& actor,
                                       IntegrationId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto integration = transaction.integrations().find(actor.account, id);
  if (!integration) return fail(ErrorCode::not_found, "Integration not found");
  transaction.integrations().remove(*integration);
  end_integration(transaction, *integration);
  audit(transaction, actor, "integration.deleted", subject_of(*integration));
  return std::move(*integration);
}

Result<Actor> authenticate_integration(Transaction& transaction, std::string_view key) {
  const auto integration = key.size() > kMaxKeyBytes
                               ? std::nullopt
                               : transaction.integrations().find_by_hash(sha256(key));
  if (!integration) {
    return fail(ErrorCode::unauthenticated, "Unknown integration key: an admin can create one");
  }
  Actor actor;
  actor.kind = ActorKind::integration;
  actor.account = integration->account;
  actor.conversation = conversation_of(*integration);
  actor.name = integration->name;
  return actor;
}

Result<Ok> require_client_code(Transaction& transaction, AccountId account,
                               std::string_view client_code) {
  const auto own = transaction.account_settings().find(account).client_code;
  if (!own.empty() && own == client_code) return Ok{};
  return fail(ErrorCode::unauthenticated,
              own.empty() ? "The account has no client code yet: an admin can set one"
                          : "The client code is not the account's");
}

}  // namespace parlor::chat
