// Verifies JSON Web Tokens (RFC 7519) of people: agents, administrators, students.
//
//   peek(text) ─ UnverifiedToken ─ read the account's keys (asynchronous) ─ verify(token, keys) ─
//   VerifiedToken
//
// The algorithm belongs to the key and never to the token: a key is only tried when the header
// names the algorithm that the key is configured for. `none` is no algorithm here. libjwt takes the
// token apart, without a key; signature.h checks who signed it.
//
// Any thread. Every failure is `unauthenticated`. Bounds: kMaxTokenBytes, and
// kMaxKeysTried signatures for one token.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "chat/account.h"
#include "chat/authenticate.h"
#include "identity/signature.h"

namespace parlor::identity {

inline constexpr std::size_t kMaxTokenBytes = 8192;
inline constexpr std::size_t kMaxKeysTried = 16;
inline constexpr std::int64_t kLeewayMs = 30'000;  // for clocks that disagree

// What a token says of itself. Good for choosing the keys, and for nothing else.
struct UnverifiedToken {
  std::string text;
  std::string payload;  // JSON
  chat::KeyAlgorithm algorithm = chat::KeyAlgorithm::hs256;
  std::string key_id;  // the header's `kid`; empty = none
  AccountId account;   // from `account_id`, or `iss`, or `kid`: the first that is an account's id
};

// Everything that may have signed an account's tokens, as the store has it now.
struct AccountKeys {
  AccountId account;
  std::string internal_secret;  // HS256: log-in and demo tokens
  std::vector<chat::HostKey> host;
};

struct VerifiedToken {
  chat::TokenClaims claims;
  Timestamp expires_at;  // `exp` itself, without leeway
};

// Fails for what is no token of ours whatever the keys: malformed, too large, another algorithm, no
// account named.
Result<UnverifiedToken> peek(std::string_view text);

// One for the process: it keeps the parsed keys.
class TokenVerifier {
 public:
  Result<VerifiedToken> verify(const UnverifiedToken& token, const AccountKeys& keys,
                               Timestamp now);

 private:
  PublicKeys public_keys_;
};

}  // namespace parlor::identity
