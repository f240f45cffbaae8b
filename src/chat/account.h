// An account: one company. It owns everything else; nothing of one account is ever visible to
// another.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

struct Account {
  AccountId id;
  std::string name;
  std::string jwt_secret;  // signs login and demo tokens (HS256); never leaves the server
  std::string
      identity_key;  // HMAC key by which the host application vouches for a visitor's identifier
  Timestamp created_at;
};

// A key of the host application that mints tokens for the account's people (spec identity.md).
enum class KeyAlgorithm { hs256, rs256, es256 };

struct HostKey {
  AccountId account;
  std::string key_id;  // the token header's `kid`; empty matches a token without one
  KeyAlgorithm algorithm = KeyAlgorithm::hs256;
  std::string material;  // the secret, or a public key in PEM
};

}  // namespace parlor::chat
