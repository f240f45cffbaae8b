// Reads the keys with which a host application signs its people's tokens, as an administrator hands
// them in: a public key in PEM, or a JWKS file (RFC 7517). Rings of several keys let a host change
// keys without a gap.
//
// Pure functions; any thread. Failures are `invalid`, with a message for the administrator. RSA
// keys have at least 2048 bits, EC keys are on P-256, HS256 secrets have at least 32 bytes (RFC
// 7518).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chat/account.h"

namespace parlor::identity {

inline constexpr std::size_t kMaxKeyFileBytes = 65'536;
inline constexpr std::size_t kMaxKeys = 16;

// The keys' `account` is left to the caller. Keys for encryption and of other types are passed
// over; a file without one usable key fails.
Result<std::vector<chat::HostKey>> read_jwks(std::string_view text);

// One public key; its type says the algorithm.
Result<chat::HostKey> read_public_key(std::string_view pem);

// A shared secret for HS256.
Result<chat::HostKey> read_secret(std::string_view secret);

// A JWKS file or a public key in PEM: each says by itself what it is. Never a secret: a public file
// that were taken for one would let everybody sign tokens.
Result<std::vector<chat::HostKey>> read_host_keys(std::string_view text);
// A shared secret that somebody calls one: refuses what is a file of keys.
Result<std::vector<chat::HostKey>> read_host_secret(std::string_view text);

}  // namespace parlor::identity
