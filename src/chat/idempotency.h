// The same write twice gives one effect and the same answer.
//
// A caller may name a write with a client id. Use cases look it up after access and before any rule
// about state, and remember their outcome in the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// Of what was asked, each part with its length, so that no two requests spell alike.
class BodyDigest {
 public:
  BodyDigest& add(std::string_view part);
  BodyDigest& add(std::int64_t part);
  std::string finish() const;  // SHA-256

 private:
  std::string parts_;
};

// One write that may come again.
class RepeatableWrite {
 public:
  // An empty client id makes a write that is never the same.
  RepeatableWrite(const Actor& actor, std::string operation, std::string client_id,
                  std::string body_digest);

  // The first outcome, if this write was done before. conflict: the id was used with another body;
  // invalid: the id is too long.
  Result<std::optional<StoredOutcome>> earlier(Transaction& transaction) const;

  void remember(Transaction& transaction, std::int64_t subject, std::string detail = "") const;

 private:
  OutcomeKey key_;
  std::string body_digest_;
};

}  // namespace parlor::chat
