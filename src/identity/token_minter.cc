#include "identity/token_minter.h"

#include <stdexcept>

#include "identity/jwt_handle.h"

namespace parlor::identity {
namespace {

void expect(int failure) {
  if (failure != 0) throw std::runtime_error("libjwt could not make a token");
}

void add(jwt_t* jwt, const char* claim, const std::string& value) {
  if (!value.empty()) expect(jwt_add_grant(jwt, claim, value.c_str()));
}

}  // namespace

std::string mint(const NewToken& token, std::string_view secret) {
  if (secret.empty()) throw std::invalid_argument("an empty secret signs nothing");
  jwt_t* made = nullptr;
  expect(jwt_new(&made));
  const JwtHandle jwt(made);
  add(jwt.get(), "account_id", to_hex(token.account));
  add(jwt.get(), "sub", token.subject);
  add(jwt.get(), "role", token.role);
  add(jwt.get(), "name", token.name);
  add(jwt.get(), "email", token.email);
  expect(jwt_add_grant_int(jwt.get(), "iat", token.issued_at.seconds()));
  expect(jwt_add_grant_int(jwt.get(), "exp", token.expires_at.seconds()));
  expect(jwt_set_alg(jwt.get(), JWT_ALG_HS256,
                     reinterpret_cast<const unsigned char*>(secret.data()),
                     static_cast<int>(secret.size())));
  const JwtText text(jwt_encode_str(jwt.get()));
  if (!text) throw std::runtime_error("libjwt could not make a token");
  return text.get();
}

}  // namespace parlor::identity
