#include "identity/host_keys.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>

#include <string>

#include "base/digest.h"
#include "identity/test_keys.h"

namespace parlor::identity {
namespace {

std::string number_of(const TestKey& key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key.get(), name, &number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return bytes;
}

// P-256 writes its numbers in 32 bytes, whatever their size.
std::string padded(const std::string& bytes) {
  return bytes.size() < 32 ? std::string(32 - bytes.size(), '\0') + bytes : bytes;
}

std::string field(const std::string& name, const std::string& bytes) {
  return "\"" + name + "\":\"" + base64url_encode(bytes) + "\"";
}

std::string rsa_jwk(const TestKey& key, const std::string& more = "") {
  return R"({"kty":"RSA",)" + field("n", number_of(key, OSSL_PKEY_PARAM_RSA_N)) + "," +
         field("e", number_of(key, OSSL_PKEY_PARAM_RSA_E)) + more + "}";
}

std::string ec_jwk(const TestKey& key, const std::string& curve = "P-256") {
  return R"({"kty":"EC","crv":")" + curve + "\"," +
         field("x", padded(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X))) + "," +
         field("y", padded(number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y))) + "}";
}

std::string set_of(const std::string& keys) { return R"({"keys":[)" + keys + "]}"; }

void expect_invalid(const std::string& jwks) {
  const auto keys = read_jwks(jwks);
  ASSERT_FALSE(keys.has_value()) << jwks;
  EXPECT_EQ(keys.error().code, ErrorCode::invalid);
}

TEST(HostKeys, ReadsAJwksIntoTheSameKeysAsThePems) {
  const auto keys = read_jwks(set_of(rsa_jwk(rsa_key(), R"(,"kid":"a","alg":"RS256","use":"sig")") +
                                     "," + ec_jwk(ec_key()) + "," + R"({"kty":"oct","kid":"c",)" +
                                     field("k", std::string(32, 's')) + "}"));
  ASSERT_TRUE(keys) << keys.error().message;
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_EQ((*keys)[0].key_id, "a");
  EXPECT_EQ((*keys)[0].algorithm, chat::KeyAlgorithm::rs256);
  EXPECT_EQ((*keys)[0].material, public_pem(rsa_key()));
  EXPECT_EQ((*keys)[1].key_id, "");
  EXPECT_EQ((*keys)[1].algorithm, chat::KeyAlgorithm::es256);
  EXPECT_EQ((*keys)[2].algorithm, chat::KeyAlgorithm::hs256);
  EXPECT_EQ((*keys)[2].material, std::string(32, 's'));
}

TEST(HostKeys, PassesOverKeysThatAreNotForOurTokens) {
  const auto keys = read_jwks(
      set_of(rsa_jwk(rsa_key(), R"(,"use":"enc")") + "," + rsa_jwk(rsa_key(), R"(,"alg":"PS256")") +
             "," + ec_jwk(new_ec_key("P-384"), "P-384") + R"(,{"kty":"OKP","crv":"Ed25519"},)" +
             rsa_jwk(rsa_key(), R"(,"kid":"mine")")));
  ASSERT_TRUE(keys) << keys.error().message;
  ASSERT_EQ(keys->size(), 1U);
  EXPECT_EQ(keys->front().key_id, "mine");
  expect_invalid(set_of(R"({"kty":"OKP","crv":"Ed25519"})"));
}

TEST(HostKeys, RefusesAMalformedJwks) {
  for (const char* text :
       {"", "{", "[]", "null", "{}", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[5]})",
        R"({"keys":[{"kty":"RSA"}]})", R"({"keys":[{"kty":"RSA","n":"*","e":"AQAB"}]})",
        R"({"keys":[{"kty":"RSA","n":5,"e":"AQAB"}]})",
        R"({"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})",
        R"({"keys":[{"kty":"oct","k":"c2hvcnQ"}]})"}) {
    expect_invalid(text);
  }
  expect_invalid(std::string(kMaxKeyFileBytes + 1, ' '));
  expect_invalid(std::string(60'000, '['));
  const std::string off_curve = "{\"kty\":\"EC\",\"crv\":\"P-256\"," +
                                field("x", std::string(32, 1)) + "," +
                                field("y", std::string(32, 2)) + "}";
  expect_invalid(set_of(off_curve));
}

TEST(HostKeys, RefusesMoreKeysThanAnAccountMayHave) {
  std::string keys;
  for (std::size_t i = 0; i <= kMaxKeys; ++i) keys += (i == 0 ? "" : ",") + ec_jwk(ec_key());
  expect_invalid(set_of(keys));
}

TEST(HostKeys, RefusesWeakKeys) {
  EXPECT_FALSE(read_public_key(public_pem(new_rsa_key(1024))));
  expect_invalid(set_of(rsa_jwk(new_rsa_key(1024))));
  EXPECT_FALSE(read_public_key(public_pem(new_ec_key("P-384"))));
  EXPECT_FALSE(read_secret("31 bytes are one too few for it"));
  EXPECT_TRUE(read_secret("32 bytes are what RFC 7518 wants"));
}

TEST(HostKeys, RefusesAPrivateKeyAndWhatIsNoPem) {
  const auto key = read_public_key(private_pem(rsa_key()));
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().message.find("private"), std::string::npos);
  EXPECT_FALSE(read_public_key(""));
  EXPECT_FALSE(read_public_key("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
  EXPECT_FALSE(read_public_key(std::string(kMaxKeyFileBytes + 1, 'A')));
}

}  // namespace
}  // namespace parlor::identity
