// Ownership of libjwt's objects, for the .cc files of this folder.
#pragma once

#include <jwt.h>

#include <cstdlib>
#include <memory>

namespace parlor::identity {

struct JwtDeleter {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using JwtHandle = std::unique_ptr<jwt_t, JwtDeleter>;

// libjwt 1.10 has no function of its own for the texts that it returns.
struct JwtTextDeleter {
  void operator()(char* text) const { std::free(text); }
};
using JwtText = std::unique_ptr<char, JwtTextDeleter>;

}  // namespace parlor::identity
