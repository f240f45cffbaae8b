// An invitation: a link with which an agent sets a password, once, before it expires.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

inline constexpr std::int64_t kInvitationLifeMs = 7LL * 24 * 3600 * 1000;

struct Invitation {
  AccountId account;
  AgentId agent;
  std::string token_hash;  // SHA-256, 32 bytes
  Timestamp expires_at;
};

class Invitations {
 public:
  virtual ~Invitations() = default;
  virtual std::optional<Invitation> find_by_hash(std::string_view sha256) = 0;  // of any account
  virtual std::vector<Invitation> list(AccountId) = 0;                          // at most 1,000
  virtual void put(const Invitation&) = 0;  // instead of the agent's earlier one
  virtual void remove(AccountId, AgentId) = 0;
};

}  // namespace parlor::chat
