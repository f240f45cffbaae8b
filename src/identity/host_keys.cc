#include "identity/host_keys.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/digest.h"

namespace parlor::identity {
namespace {

namespace json = boost::json;

constexpr int kMinRsaBits = 2048;
constexpr std::size_t kMinSecretBytes = 32;
constexpr std::size_t kP256Bytes = 32;

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

Failure refuse(std::string why) { return fail(ErrorCode::invalid, std::move(why)); }

Result<chat::HostKey> host_key_of(EVP_PKEY* key) {
  chat::HostKey made;
  if (EVP_PKEY_is_a(key, "RSA")) {
    if (EVP_PKEY_get_bits(key) < kMinRsaBits) return refuse("an RSA key needs 2048 bits or more");
    made.algorithm = chat::KeyAlgorithm::rs256;
  } else if (EVP_PKEY_is_a(key, "EC")) {
    char curve[64] = {};
    if (EVP_PKEY_get_group_name(key, curve, sizeof curve, nullptr) != 1 ||
        std::string_view(curve) != SN_X9_62_prime256v1) {
      return refuse("an EC key must be on the curve P-256");
    }
    made.algorithm = chat::KeyAlgorithm::es256;
  } else {
    return refuse("the key must be an RSA key or an EC key on P-256");
  }
  const Bio out(BIO_new(BIO_s_mem()));
  char* bytes = nullptr;
  if (!out || PEM_write_bio_PUBKEY(out.get(), key) != 1) return refuse("the key cannot be read");
  const long size = BIO_get_mem_data(out.get(), &bytes);
  made.material.assign(bytes, static_cast<std::size_t>(size));
  return made;
}

Key key_from(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return Key(key);
}

std::string text_of(const json::object& jwk, std::string_view name) {
  const json::value* value = jwk.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

Number number_of(const std::string& bytes) {
  return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr));
}

// RFC 7518 section 6.3.1: modulus and exponent.
Result<chat::HostKey> read_rsa(const json::object& jwk) {
  const auto modulus = base64url_decode(text_of(jwk, "n"));
  const auto exponent = base64url_decode(text_of(jwk, "e"));
  if (!modulus || !exponent || modulus->empty() || exponent->empty()) {
    return refuse("an RSA key needs n and e in base64url");
  }
  const Number n = number_of(*modulus);
  const Number e = number_of(*exponent);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Key key = key_from("RSA", builder.get());
  if (!key) return refuse("the RSA key is not one");
  return host_key_of(key.get());
}

// RFC 7518 section 6.2.1: a point, here in the uncompressed form 04 x y.
Result<chat::HostKey> read_ec(const json::object& jwk) {
  const auto x = base64url_decode(text_of(jwk, "x"));
  const auto y = base64url_decode(text_of(jwk, "y"));
  if (text_of(jwk, "crv") != "P-256") return refuse("an EC key must be on the curve P-256");
  if (!x || !y || x->size() != kP256Bytes || y->size() != kP256Bytes) {
    return refuse("an EC key needs x and y, 32 bytes each in base64url");
  }
  const std::string point = "\x04" + *x + *y;
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1,
                                  0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  const Key key = key_from("EC", builder.get());
  if (!key) return refuse("the EC key is no point of the curve");
  return host_key_of(key.get());
}

// Nothing for a key that is not for signing tokens in one of our three algorithms.
std::optional<Result<chat::HostKey>> read_jwk(const json::object& jwk) {
  if (text_of(jwk, "use") == "enc") return std::nullopt;
  const std::string type = text_of(jwk, "kty");
  const std::string algorithm = text_of(jwk, "alg");
  const auto is_for = [&](std::string_view ours) { return algorithm.empty() || algorithm == ours; };

  std::optional<Result<chat::HostKey>> key;
  if (type == "RSA" && is_for("RS256")) key = read_rsa(jwk);
  if (type == "EC" && is_for("ES256") && text_of(jwk, "crv") == "P-256") key = read_ec(jwk);
  if (type == "oct" && is_for("HS256")) {
    key = read_secret(base64url_decode(text_of(jwk, "k")).value_or(""));
  }
  if (key && *key) (*key)->key_id = text_of(jwk, "kid");
  return key;
}

enum class Shape { pem, jwks, unknown };

Shape shape_of(std::string_view text) {
  if (text.find("-----BEGIN") != std::string_view::npos) return Shape::pem;
  const auto first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool is_json = first != std::string_view::npos && text[first] == '{';
  return is_json ? Shape::jwks : Shape::unknown;
}

Result<std::vector<chat::HostKey>> only(const Result<chat::HostKey>& key) {
  if (!key) return key.failure();
  return std::vector{*key};
}

}  // namespace

Result<std::vector<chat::HostKey>> read_jwks(std::string_view text) {
  if (text.size() > kMaxKeyFileBytes) return refuse("the key file is larger than 64 KiB");
  json::error_code failure;
  const json::value root = json::parse(json::string_view(text.data(), text.size()), failure);
  const json::object* set = failure ? nullptr : root.if_object();
  const json::value* keys = set == nullptr ? nullptr : set->if_contains("keys");
  if (keys == nullptr || !keys->is_array()) return refuse("a JWKS file is {\"keys\": [...]}");

  std::vector<chat::HostKey> read;
  for (const json::value& value : keys->get_array()) {
    if (!value.is_object()) return refuse("each key of a JWKS file is an object");
    auto key = read_jwk(value.get_object());
    if (!key) continue;
    if (!*key) return key->failure();
    read.push_back(**std::move(key));
  }
  if (read.empty()) return refuse("the file has no key for HS256, RS256 or ES256");
  if (read.size() > kMaxKeys) return refuse("an account has at most 16 keys");
  return read;
}

Result<chat::HostKey> read_public_key(std::string_view pem) {
  if (pem.size() > kMaxKeyFileBytes) return refuse("the key file is larger than 64 KiB");
  if (pem.find("PRIVATE KEY") != std::string_view::npos) {
    return refuse("this is a private key: keep it, and hand in the public one");
  }
  const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Key key(in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!key) return refuse("this is not a public key in PEM (-----BEGIN PUBLIC KEY-----)");
  return host_key_of(key.get());
}

Result<chat::HostKey> read_secret(std::string_view secret) {
  if (secret.size() < kMinSecretBytes) return refuse("an HS256 secret needs 32 bytes or more");
  if (secret.size() > kMaxKeyFileBytes) return refuse("the secret is larger than 64 KiB");
  chat::HostKey key;
  key.algorithm = chat::KeyAlgorithm::hs256;
  key.material = secret;
  return key;
}

Result<std::vector<chat::HostKey>> read_host_keys(std::string_view text) {
  const auto shape = shape_of(text);
  if (shape == Shape::pem) return only(read_public_key(text));
  if (shape == Shape::jwks) return read_jwks(text.substr(text.find('{')));
  return refuse(
      "this is neither a JWKS file nor a public key in PEM; a shared secret must be said "
      "to be one");
}

Result<std::vector<chat::HostKey>> read_host_secret(std::string_view text) {
  if (shape_of(text) != Shape::unknown) return refuse("the file holds keys, not a secret");
  return only(read_secret(text));
}

}  // namespace parlor::identity
