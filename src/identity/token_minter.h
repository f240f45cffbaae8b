// Mints the server's own tokens (HS256, signed with the account's internal secret): what log-in
// returns and `parlor demo` prints.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::identity {

struct NewToken {
  AccountId account;
  std::string subject;  // an agent's id in hexadecimal; of a student the host's id
  std::string role;
  std::string name;
  std::string email;     // empty = none
  Timestamp issued_at;   // written in whole seconds
  Timestamp expires_at;  // written in whole seconds
};

// Any thread. Throws std::runtime_error when libjwt fails, and std::invalid_argument for an empty
// secret.
std::string mint(const NewToken& token, std::string_view secret);

}  // namespace parlor::identity
