#include "chat/support_tokens.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/idempotency.h"
#include "chat/origin.h"
#include "chat/revocation.h"
#include "chat/secret.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxDomains = 100;
constexpr std::size_t kMaxScopes = 50;

bool is_in_force(const SupportToken& token) { return token.revoked_at == Timestamp{}; }

AuditSubject subject_of(const SupportToken& token) { return {token.id.value, token.name}; }

Result<std::vector<std::string>> check_domains(const std::vector<std::string>& written) {
  if (written.size() > kMaxDomains) {
    return fail(ErrorCode::invalid,
                "A token has at most " + std::to_string(kMaxDomains) + " domains");
  }
  std::vector<std::string> domains;
  for (const std::string& domain : written) {
    auto line = check_line("domain", domain, kMaxIdentifierBytes);
    if (!line) return line.failure();
    auto normalised = normalise_domain(*line);
    if (!normalised) {
      return fail(ErrorCode::invalid, "domain \"" + *line + "\" must be a host, like example.com");
    }
    domains.push_back(std::move(*normalised));
  }
  return domains;
}

Result<Ok> check_scopes(const std::vector<std::string>& scopes) {
  if (scopes.size() > kMaxScopes) {
    return fail(ErrorCode::invalid,
                "A token has at most " + std::to_string(kMaxScopes) + " scopes");
  }
  for (const std::string& scope : scopes) {
    auto line = check_required_line("scope", scope, kMaxNameCharacters);
    if (!line) return line.failure();
  }
  return Ok{};
}

Result<SupportToken> checked_token(Transaction& transaction, const Actor& actor,
                                   const CreateSupportToken& input) {
  auto name = check_line("name", input.name, kMaxNameCharacters);
  if (!name) return name.failure();
  auto domains = check_domains(input.domains);
  if (!domains) return domains.failure();
  if (auto scopes = check_scopes(input.scopes); !scopes) return scopes.failure();
  if (input.expires_at != Timestamp{} && input.expires_at <= transaction.now()) {
    return fail(ErrorCode::invalid, "expiry_time must be in the future, or 0 for never");
  }
  SupportToken token;
  token.account = actor.account;
  token.name = std::move(*name);
  token.domains = std::move(*domains);
  token.scopes = input.scopes;
  token.expires_at = input.expires_at;
  return token;
}

Result<Ok> check_room_for_another(Transaction& transaction, AccountId account) {
  const auto tokens = transaction.support_tokens().list(account);
  const auto in_force = std::count_if(tokens.begin(), tokens.end(), is_in_force);
  if (static_cast<std::size_t>(in_force) < kMaxSupportTokens) return Ok{};
  return fail(ErrorCode::conflict, "An account has at most " + std::to_string(kMaxSupportTokens) +
                                       " support tokens: revoke one that is not used");
}

std::string digest_of(const CreateSupportToken& input) {
  BodyDigest digest;
  digest.add(input.name).add(input.expires_at.ms);
  digest.add(static_cast<std::int64_t>(input.domains.size()));
  for (const std::string& domain : input.domains) digest.add(domain);
  for (const std::string& scope : input.scopes) digest.add(scope);
  return digest.finish();
}

std::string secret_of(Transaction& transaction, const SupportToken& token,
                      const std::string& client_id) {
  return make_secret(transaction, token.account, "pst_", token.id.value, client_id);
}

}  // namespace

Result<SupportTokenCreated> create_support_token(Transaction& transaction, const Actor& actor,
                                                 const CreateSupportToken& input) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  const RepeatableWrite write(actor, "create_support_token", input.client_id, digest_of(input));
  const auto earlier = write.earlier(transaction);
  if (!earlier) return earlier.failure();
  SupportTokenCreated created;
  if (*earlier) {
    created.token = transaction.support_tokens().find(actor.account, {(*earlier)->subject}).value();
    created.secret = secret_of(transaction, created.token, input.client_id);
    return created;
  }
  auto token = checked_token(transaction, actor, input);
  if (!token) return token.failure();
  if (auto room = check_room_for_another(transaction, actor.account); !room) return room.failure();
  token->id = transaction.ids().make<SupportTokenId>();
  token->created_at = transaction.now();
  created.secret = secret_of(transaction, *token, input.client_id);
  token->token_hash = sha256(created.secret);
  transaction.support_tokens().insert(*token);
  audit(transaction, actor, "token.created", subject_of(*token));
  write.remember(transaction, token->id.value);
  created.token = std::move(*token);
  return created;
}

Result<std::vector<SupportToken>> list_support_tokens(Transaction& transaction,
                                                      const Actor& actor) {
  if (auto team = require_team(actor); !team) return team.failure();
  return transaction.support_tokens().list(actor.account);
}

Result<std::vector<SiteView>> list_sites(Transaction& transaction, const Actor& actor) {
  auto tokens = list_support_tokens(transaction, actor);
  if (!tokens) return tokens.failure();
  std::vector<SiteView> sites;
  for (SupportToken& token : *tokens) {
    if (!is_in_force(token)) continue;
    SiteView site;
    const bool ends = token.expires_at != Timestamp{};
    site.is_expired = ends && token.expires_at <= transaction.now();
    site.ends_soon =
        ends && !site.is_expired && token.expires_at - transaction.now() <= kTokenWarningMs;
    site.token = std::move(token);
    sites.push_back(std::move(site));
  }
  return sites;
}

Result<SupportToken> revoke_support_token(Transaction& transaction, const Actor& actor,
                                          SupportTokenId id) {
  if (auto admin = require_admin(actor); !admin) return admin.failure();
  auto token = transaction.support_tokens().find(actor.account, id);
  if (!token) return fail(ErrorCode::not_found, "Support token not found");
  if (!is_in_force(*token)) return std::move(*token);
  token->revoked_at = transaction.now();
  transaction.support_tokens().update(*token);
  end_site(transaction, *token);
  audit(transaction, actor, "token.revoked", subject_of(*token));
  return std::move(*token);
}

void note_site_seen(Transaction& transaction, SupportToken token) {
  if (transaction.now() - token.last_seen < kSiteSeenMs) return;
  token.last_seen = transaction.now();
  transaction.support_tokens().update(token);
}

}  // namespace parlor::chat
