// An integration: a server of the company's that calls us with a key of its own (order dialect).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

// The key itself is shown once; only its SHA-256 is kept.
struct Integration {
  IntegrationId id;
  AccountId account;
  std::string name;
  std::string key_hash;  // SHA-256, 32 bytes
  Timestamp created_at;
};

// What it acts as.
inline ConversationId conversation_of(const Integration& integration) {
  return ConversationId{integration.id.value};
}

class Integrations {
 public:
  virtual ~Integrations() = default;
  virtual std::optional<Integration> find(AccountId, IntegrationId) = 0;
  virtual std::optional<Integration> find_by_hash(std::string_view sha256) = 0;  // of any account
  virtual std::vector<Integration> list(AccountId) = 0;  // at most 1,000, by name
  virtual void insert(const Integration&) = 0;
  virtual void remove(const Integration&) = 0;
};

}  // namespace parlor::chat
