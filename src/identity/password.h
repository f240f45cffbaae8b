// Passwords of agents: argon2id in its encoded form, which carries salt and cost.
//
// Each call takes about 20 ms and 19 MiB: only on Workers (check_password does that), never on an
// I/O thread. Passwords are at most kMaxPasswordBytes; a longer one matches nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/workers.h"

namespace parlor::identity {

inline constexpr std::size_t kLeastPasswordBytes = 8;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

// invalid for a password that nobody may choose.
Result<Ok> check_new_password(std::string_view password);

// "$argon2id$v=19$m=19456,t=2,p=1$..." with a fresh salt. Throws std::bad_alloc without memory, and
// std::invalid_argument for a password that is too long.
std::string hash_password(std::string_view password);

// Whether the password is the one that was hashed. An empty `hash` (nobody has that address, or
// they have no password) matches nothing and takes the same time, so that the time tells nobody
// which addresses exist.
bool verify_or_burn(const std::string& hash, std::string_view password);

// verify_or_burn on the workers; `done` is called there. False: the workers are busy, and `done`
// will not be called; answer `unavailable`.
bool check_password(Workers& workers, std::string hash, std::string password,
                    std::function<void(bool matches)> done);

}  // namespace parlor::identity
