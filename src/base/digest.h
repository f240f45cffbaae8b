// Digests, secrets and their spelling: SHA-256, HMAC-SHA-256, random bytes, hexadecimal, base64url.
//
// Bytes are std::string. Thread-safe, stateless; over libsodium, which is initialised at first use.
// Nothing here fails but the decoders, which return nothing for text that is not theirs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parlor {

inline constexpr std::size_t kSha256Bytes = 32;

std::string sha256(std::string_view data);                                // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view message);  // 32 bytes; any key size

// From the operating system's source; fit for secrets.
std::string random_bytes(std::size_t count);

// In time that depends on the lengths alone.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string hex_encode(std::string_view bytes);  // lower case
std::optional<std::string> hex_decode(std::string_view text);

// RFC 4648 section 5, without padding. Decoding accepts the canonical form only.
std::string base64url_encode(std::string_view bytes);
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace parlor
