#include "identity/token_verifier.h"

#include <boost/json.hpp>
#include <cmath>
#include <utility>

#include "base/digest.h"
#include "identity/jwt_handle.h"

namespace parlor::identity {
namespace {

namespace json = boost::json;

constexpr double kLatestSecond = 253402300799;  // the end of the year 9999
constexpr std::size_t kMaxSubjectBytes = 256;

Failure refuse(std::string why) { return fail(ErrorCode::unauthenticated, std::move(why)); }

// header.payload.signature, each in base64url. libjwt would stop at a NUL, and would read a part up
// to its first foreign character: neither gets there.
bool looks_like_token(std::string_view text) {
  int dots = 0;
  for (const char c : text) {
    const bool base64url = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (c == '.') {
      ++dots;
    } else if (!base64url) {
      return false;
    }
  }
  return dots == 2;
}

// Takes the token apart; looks at no signature.
JwtHandle decode(const std::string& token) {
  jwt_t* jwt = nullptr;
  const int failure = jwt_decode(&jwt, token.c_str(), nullptr, 0);
  JwtHandle handle(jwt);
  if (failure != 0) return nullptr;
  return handle;
}

std::optional<json::object> read_object(std::string_view text) {
  json::error_code failure;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

// Absent and null are the empty text; nothing stands for a value of another type.
std::optional<std::string> text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return "";
  if (!value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<chat::KeyAlgorithm> algorithm_of(std::string_view name) {
  if (name == "HS256") return chat::KeyAlgorithm::hs256;
  if (name == "RS256") return chat::KeyAlgorithm::rs256;
  if (name == "ES256") return chat::KeyAlgorithm::es256;
  return std::nullopt;
}

AccountId account_of(const json::object& payload, const std::string& key_id) {
  for (const std::string_view claim : {"account_id", "iss"}) {
    const auto text = text_of(payload, claim);
    if (!text) continue;
    if (const auto account = parse_id<AccountId>(*text)) return *account;
  }
  return parse_id<AccountId>(key_id).value_or(AccountId{});
}

// A NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction. `absent` when there is
// none.
Result<Timestamp> time_of(const json::object& payload, std::string_view name, Timestamp absent) {
  const json::value* value = payload.if_contains(name);
  if (value == nullptr) return absent;
  if (!value->is_number()) return refuse(std::string(name) + " must be a number of seconds");
  const double second = value->to_number<double>();
  if (!std::isfinite(second) || second < 0 || second > kLatestSecond) {
    return refuse(std::string(name) + " is no time");
  }
  return Timestamp{static_cast<std::int64_t>(second * 1000)};
}

// A string, or a number as JSON writes it.
Result<std::string> subject_of(const json::object& payload) {
  const json::value* value = payload.if_contains("sub");
  std::string subject;
  if (value != nullptr && value->is_string()) subject = value->get_string();
  if (value != nullptr && value->is_int64()) subject = std::to_string(value->get_int64());
  if (value != nullptr && value->is_uint64()) subject = std::to_string(value->get_uint64());
  if (subject.empty() || subject.size() > kMaxSubjectBytes) {
    return refuse("sub must be a text of 1 to 256 bytes or a whole number");
  }
  return subject;
}

Result<VerifiedToken> read_claims(const json::object& payload, Timestamp now) {
  const auto expires_at = time_of(payload, "exp", Timestamp{-1});
  if (!expires_at) return expires_at.failure();
  const auto not_before = time_of(payload, "nbf", Timestamp{});
  if (!not_before) return not_before.failure();
  const auto issued_at = time_of(payload, "iat", Timestamp{});
  if (!issued_at) return issued_at.failure();
  if (expires_at->ms < 0) return refuse("the token has no exp");
  if (now >= *expires_at + kLeewayMs) return refuse("the token has expired: sign in again");
  if (now + kLeewayMs < *not_before || now + kLeewayMs < *issued_at) {
    return refuse("the token is not valid yet: compare the clocks");
  }

  auto subject = subject_of(payload);
  if (!subject) return subject.failure();
  auto role = text_of(payload, "role");
  auto name = text_of(payload, "name");
  auto email = text_of(payload, "email");
  if (!role || !name || !email) return refuse("role, name and email must be texts");

  VerifiedToken verified;
  verified.claims.subject = *std::move(subject);
  verified.claims.role = *std::move(role);
  verified.claims.name = *std::move(name);
  verified.claims.email = *std::move(email);
  verified.claims.issued_at = *issued_at;
  verified.expires_at = *expires_at;
  return verified;
}

// Whether the key may have signed it. A `kid` that names the account names no key.
bool may_have_signed(const chat::HostKey& key, const UnverifiedToken& token) {
  if (key.algorithm != token.algorithm || key.material.empty()) return false;
  return key.key_id.empty() || token.key_id.empty() || key.key_id == token.key_id ||
         token.key_id == to_hex(token.account);
}

enum class Signer { nobody, internal, host };

Signer signer_of(const UnverifiedToken& token, const AccountKeys& keys, PublicKeys& public_keys) {
  const std::string_view text = token.text;
  const std::size_t dot = text.rfind('.');
  const std::string_view claimed = text.substr(0, dot);
  const auto signature = base64url_decode(text.substr(dot + 1));
  if (!signature) return Signer::nobody;

  const bool by_secret = token.algorithm == chat::KeyAlgorithm::hs256;
  if (by_secret && signed_with_secret(keys.internal_secret, claimed, *signature)) {
    return Signer::internal;
  }
  std::size_t tried = 0;
  for (const chat::HostKey& key : keys.host) {
    if (!may_have_signed(key, token)) continue;
    if (++tried > kMaxKeysTried) break;
    if (by_secret ? signed_with_secret(key.material, claimed, *signature)
                  : public_keys.signed_with(key.algorithm, key.material, claimed, *signature)) {
      return Signer::host;
    }
  }
  return Signer::nobody;
}

}  // namespace

Result<UnverifiedToken> peek(std::string_view text) {
  if (text.size() > kMaxTokenBytes) return refuse("the token is larger than 8192 bytes");
  if (!looks_like_token(text)) return refuse("this is not a JSON Web Token");
  UnverifiedToken token;
  token.text = text;
  const JwtHandle jwt = decode(token.text);
  if (!jwt) return refuse("this is not a JSON Web Token");
  const JwtText header_json(jwt_get_headers_json(jwt.get(), nullptr));
  const JwtText payload_json(jwt_get_grants_json(jwt.get(), nullptr));
  if (!header_json || !payload_json) return refuse("this is not a JSON Web Token");
  token.payload = payload_json.get();
  const auto header = read_object(header_json.get());
  const auto payload = read_object(token.payload);
  if (!header || !payload) return refuse("this is not a JSON Web Token");

  // RFC 7515 section 4.1.11: extensions that must be understood; we understand none.
  if (header->contains("crit")) return refuse("the token demands an extension (crit)");
  const auto algorithm = algorithm_of(text_of(*header, "alg").value_or(""));
  if (!algorithm) return refuse("the token's algorithm must be HS256, RS256 or ES256");
  auto key_id = text_of(*header, "kid");
  if (!key_id) return refuse("the token's kid must be a text");

  token.algorithm = *algorithm;
  token.key_id = *std::move(key_id);
  token.account = account_of(*payload, token.key_id);
  if (!token.account) return refuse("the token names no account (account_id, iss or kid)");
  return token;
}

Result<VerifiedToken> TokenVerifier::verify(const UnverifiedToken& token, const AccountKeys& keys,
                                            Timestamp now) {
  if (!token.account || token.account != keys.account) {
    return refuse("the token's account is unknown");
  }
  const Signer signer = signer_of(token, keys, public_keys_);
  if (signer == Signer::nobody) return refuse("no key of the account has signed this token");
  const auto payload = read_object(token.payload);
  if (!payload) return refuse("this is not a JSON Web Token");
  auto verified = read_claims(*payload, now);
  if (!verified) return verified;
  verified->claims.account = keys.account;
  verified->claims.internal = signer == Signer::internal;
  return verified;
}

}  // namespace parlor::identity
