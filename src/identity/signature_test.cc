#include "identity/signature.h"

#include <gtest/gtest.h>

#include <string>

#include "base/digest.h"
#include "identity/test_keys.h"

namespace parlor::identity {
namespace {

using chat::KeyAlgorithm;

TEST(Signature, AnEmptySecretSignsNothing) {
  EXPECT_TRUE(signed_with_secret("secret", "text", hmac_sha256("secret", "text")));
  EXPECT_FALSE(signed_with_secret("secret", "text", hmac_sha256("other", "text")));
  EXPECT_FALSE(signed_with_secret("secret", "text", ""));
  EXPECT_FALSE(signed_with_secret("", "text", hmac_sha256("", "text")));
}

TEST(Signature, EveryAlgorithmChecksItsOwnKindOfKey) {
  PublicKeys keys;
  const std::string rsa = sign_sha256(rsa_key(), "text");
  const std::string ec = sign_sha256(ec_key(), "text");
  const std::string rsa_pem = public_pem(rsa_key());
  const std::string ec_pem = public_pem(ec_key());
  EXPECT_TRUE(keys.signed_with(KeyAlgorithm::rs256, rsa_pem, "text", rsa));
  EXPECT_TRUE(keys.signed_with(KeyAlgorithm::es256, ec_pem, "text", ec));
  EXPECT_FALSE(keys.signed_with(KeyAlgorithm::rs256, rsa_pem, "tex", rsa));
  EXPECT_FALSE(keys.signed_with(KeyAlgorithm::es256, ec_pem, "tex", ec));
  EXPECT_FALSE(keys.signed_with(KeyAlgorithm::rs256, ec_pem, "text", ec));
  EXPECT_FALSE(keys.signed_with(KeyAlgorithm::es256, rsa_pem, "text", rsa));
  EXPECT_FALSE(
      keys.signed_with(KeyAlgorithm::hs256, rsa_pem, "text", hmac_sha256(rsa_pem, "text")));
}

TEST(Signature, HostileSignaturesAreNone) {
  PublicKeys keys;
  const std::string ec_pem = public_pem(ec_key());
  for (const std::size_t size : {0, 1, 63, 64, 65, 72, 5000}) {
    for (const char fill : {'\0', '\xff'}) {
      const std::string signature(size, fill);
      EXPECT_FALSE(keys.signed_with(KeyAlgorithm::es256, ec_pem, "text", signature));
      EXPECT_FALSE(keys.signed_with(KeyAlgorithm::rs256, public_pem(rsa_key()), "text", signature));
    }
  }
}

TEST(Signature, APemThatIsNoKeySignsNothing) {
  PublicKeys keys;
  for (const char* pem : {"", "x", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"}) {
    EXPECT_FALSE(keys.signed_with(KeyAlgorithm::rs256, pem, "text", "signature"));
    EXPECT_FALSE(keys.signed_with(KeyAlgorithm::rs256, pem, "text", "signature"));
  }
}

TEST(Signature, AForgottenKeyIsReadAgain) {
  PublicKeys keys(1);
  const std::string rsa = sign_sha256(rsa_key(), "text");
  const std::string ec = sign_sha256(ec_key(), "text");
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(keys.signed_with(KeyAlgorithm::rs256, public_pem(rsa_key()), "text", rsa));
    EXPECT_TRUE(keys.signed_with(KeyAlgorithm::es256, public_pem(ec_key()), "text", ec));
  }
}

}  // namespace
}  // namespace parlor::identity
