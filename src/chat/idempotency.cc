#include "chat/idempotency.h"

#include <utility>

#include "base/digest.h"
#include "chat/utf8.h"

namespace parlor::chat {

BodyDigest& BodyDigest::add(std::string_view part) {
  parts_ += std::to_string(part.size());
  parts_ += ':';
  parts_ += part;
  return *this;
}

BodyDigest& BodyDigest::add(std::int64_t part) { return add(std::to_string(part)); }

std::string BodyDigest::finish() const { return sha256(parts_); }

RepeatableWrite::RepeatableWrite(const Actor& actor, std::string operation, std::string client_id,
                                 std::string body_digest)
    : key_{actor.account, actor.conversation, std::move(operation), std::move(client_id)},
      body_digest_(std::move(body_digest)) {}

Result<std::optional<StoredOutcome>> RepeatableWrite::earlier(Transaction& transaction) const {
  if (key_.client_id.empty()) return std::nullopt;
  if (key_.client_id.size() > kMaxClientIdBytes || !count_characters(key_.client_id)) {
    return fail(ErrorCode::invalid,
                "A client id (_uniqueId, Idempotency-Key) must be UTF-8 of at most " +
                    std::to_string(kMaxClientIdBytes) + " bytes");
  }
  auto outcome = transaction.outcomes().find(key_);
  if (outcome && outcome->body_digest != body_digest_) {
    return fail(ErrorCode::conflict,
                "This client id was used with another body: use a new id for a new request");
  }
  return outcome;
}

void RepeatableWrite::remember(Transaction& transaction, std::int64_t subject,
                               std::string detail) const {
  if (key_.client_id.empty()) return;
  transaction.outcomes().insert(
      key_, StoredOutcome{body_digest_, subject, std::move(detail), transaction.now()});
}

}  // namespace parlor::chat
