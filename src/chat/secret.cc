#include "chat/secret.h"

#include "base/digest.h"
#include "chat/idempotency.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kSecretBytes = 32;

}  // namespace

std::string make_secret(Transaction& transaction, AccountId account, std::string_view prefix,
                        std::int64_t subject, std::string_view client_id) {
  std::string secret(prefix);
  if (client_id.empty()) return secret + base64url_encode(random_bytes(kSecretBytes));
  const auto owner = transaction.accounts().find(account).value();
  const auto message = BodyDigest().add("secret").add(prefix).add(subject).add(client_id).finish();
  return secret + base64url_encode(hmac_sha256(owner.jwt_secret, message));
}

}  // namespace parlor::chat
