#include "identity/token_verifier.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/digest.h"
#include "identity/host_keys.h"
#include "identity/test_keys.h"
#include "identity/token_minter.h"

namespace parlor::identity {
namespace {

constexpr Timestamp kNow{1'800'000'000'000};
const std::string kSecret = "the internal secret of account 7, 32+ bytes";
const AccountId kAccount{(std::int64_t{1'700'000'000} << kIdNumberBits) + 7};

std::string payload(const std::string& more = R"("exp":1800000600)") {
  return R"({"account_id":")" + to_hex(kAccount) + R"(","sub":"5","role":"agent",)" + more + "}";
}

std::string unsigned_part(const std::string& header, const std::string& body) {
  return base64url_encode(header) + "." + base64url_encode(body);
}

std::string sign_hs256(const std::string& body, const std::string& secret = kSecret,
                       const std::string& header = R"({"alg":"HS256","typ":"JWT"})") {
  const std::string text = unsigned_part(header, body);
  return text + "." + base64url_encode(hmac_sha256(secret, text));
}

std::string sign_with(const TestKey& key, const std::string& header, const std::string& body) {
  const std::string text = unsigned_part(header, body);
  return text + "." + base64url_encode(sign_sha256(key, text));
}

AccountKeys keys_with(std::vector<chat::HostKey> host) {
  return {kAccount, kSecret, std::move(host)};
}

chat::HostKey public_key(const TestKey& pair, const std::string& key_id = "") {
  chat::HostKey key = read_public_key(public_pem(pair)).value();
  key.key_id = key_id;
  return key;
}

Result<VerifiedToken> check(const std::string& text, const AccountKeys& keys = keys_with({}),
                            Timestamp now = kNow) {
  const auto token = peek(text);
  if (!token) return token.failure();
  TokenVerifier verifier;
  return verifier.verify(*token, keys, now);
}

void expect_refused(const std::string& text, const AccountKeys& keys = keys_with({}),
                    Timestamp now = kNow) {
  const auto verified = check(text, keys, now);
  ASSERT_FALSE(verified.has_value()) << text;
  EXPECT_EQ(verified.error().code, ErrorCode::unauthenticated);
  EXPECT_FALSE(verified.error().message.empty());
}

TEST(TokenVerifier, AcceptsWhatTheMinterMade) {
  const NewToken made{.account = kAccount,
                      .subject = "abc",
                      .role = "admin",
                      .name = "Nadia \"N\" الطالبة",
                      .email = "n@example.com",
                      .issued_at = kNow,
                      .expires_at = kNow + 60'000};
  const auto verified = check(mint(made, kSecret));
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->claims.account, kAccount);
  EXPECT_EQ(verified->claims.subject, "abc");
  EXPECT_EQ(verified->claims.role, "admin");
  EXPECT_EQ(verified->claims.name, made.name);
  EXPECT_EQ(verified->claims.email, made.email);
  EXPECT_EQ(verified->claims.issued_at, kNow);
  EXPECT_EQ(verified->expires_at, kNow + 60'000);
  EXPECT_TRUE(verified->claims.internal);
}

TEST(TokenVerifier, TakesTheAccountFromTheFirstPlaceThatNamesOne) {
  const std::string hex = to_hex(kAccount);
  const std::string rest = R"(,"sub":5,"exp":1800000600})";
  EXPECT_TRUE(check(sign_hs256(R"({"account_id":")" + hex + R"(","iss":"https://host")" + rest)));
  EXPECT_TRUE(check(sign_hs256(R"({"iss":")" + hex + "\"" + rest)));
  EXPECT_TRUE(check(sign_hs256(R"({"sub":5,"exp":1800000600})", kSecret,
                               R"({"alg":"HS256","kid":")" + hex + R"("})")));
  expect_refused(sign_hs256(R"({"iss":"https://host")" + rest));
  expect_refused(sign_hs256(R"({"account_id":7)" + rest));
}

TEST(TokenVerifier, RefusesTheKeysOfAnotherAccount) {
  AccountKeys others = keys_with({});
  others.account = AccountId{kAccount.value + 1};
  expect_refused(sign_hs256(payload()), others);
}

TEST(TokenVerifier, ReadsASubjectThatIsATextOrAWholeNumber) {
  const auto subject = [](const std::string& sub) {
    const auto verified = check(sign_hs256(R"({"account_id":")" + to_hex(kAccount) +
                                           R"(","exp":1800000600,"sub":)" + sub + "}"));
    return verified ? verified->claims.subject : "refused";
  };
  EXPECT_EQ(subject("\"5\""), "5");
  EXPECT_EQ(subject("5"), "5");
  EXPECT_EQ(subject("9007199254740993"), "9007199254740993");
  EXPECT_EQ(subject("\"8f14e45f-ceea-467f-9575-6d3f1a3ffb3b\""),
            "8f14e45f-ceea-467f-9575-6d3f1a3ffb3b");
  for (const char* wrong : {"\"\"", "null", "true", "5.5", "[5]", "{}", "123456789012345678901"}) {
    EXPECT_EQ(subject(wrong), "refused") << wrong;
  }
  EXPECT_EQ(subject("\"" + std::string(257, 'x') + "\""), "refused");
}

TEST(TokenVerifier, AcceptsTheHostsOwnKeysOfEveryAlgorithm) {
  const chat::HostKey secret = read_secret("a secret of the host application, 32+").value();
  const AccountKeys keys =
      keys_with({secret, public_key(rsa_key()), public_key(ec_key(), "2026-11")});
  const auto hs = check(sign_hs256(payload(), secret.material), keys);
  ASSERT_TRUE(hs) << hs.error().message;
  EXPECT_FALSE(hs->claims.internal);
  const auto rs = check(sign_with(rsa_key(), R"({"alg":"RS256"})", payload()), keys);
  ASSERT_TRUE(rs) << rs.error().message;
  EXPECT_FALSE(rs->claims.internal);
  const auto es = check(sign_with(ec_key(), R"({"alg":"ES256","kid":"2026-11"})", payload()), keys);
  ASSERT_TRUE(es) << es.error().message;
  EXPECT_TRUE(check(sign_hs256(payload()), keys)) << "the internal key stays valid beside them";
}

TEST(TokenVerifier, ChangesKeysWithoutAGap) {
  const AccountKeys keys =
      keys_with({public_key(rsa_key(), "old"), public_key(other_rsa_key(), "new")});
  EXPECT_TRUE(check(sign_with(rsa_key(), R"({"alg":"RS256","kid":"old"})", payload()), keys));
  EXPECT_TRUE(check(sign_with(other_rsa_key(), R"({"alg":"RS256","kid":"new"})", payload()), keys));
  EXPECT_TRUE(check(sign_with(other_rsa_key(), R"({"alg":"RS256"})", payload()), keys));
  expect_refused(sign_with(rsa_key(), R"({"alg":"RS256","kid":"new"})", payload()), keys);
  expect_refused(sign_with(rsa_key(), R"({"alg":"RS256","kid":"gone"})", payload()), keys);
}

TEST(TokenVerifier, RefusesTheAlgorithmNone) {
  for (const char* alg : {"none", "None", "NONE", "nOnE", ""}) {
    const std::string header = std::string(R"({"alg":")") + alg + R"("})";
    expect_refused(unsigned_part(header, payload()) + ".");
    expect_refused(unsigned_part(header, payload()) + "." + base64url_encode("anything"));
  }
  expect_refused(unsigned_part("{}", payload()) + ".");
  expect_refused(unsigned_part(R"({"alg":"HS256"})", payload()) + ".");
}

TEST(TokenVerifier, RefusesAPublicKeyUsedAsASharedSecret) {
  const AccountKeys keys = keys_with({public_key(rsa_key()), public_key(ec_key())});
  for (const chat::HostKey& key : keys.host) {
    expect_refused(sign_hs256(payload(), key.material), keys);
  }
  expect_refused(sign_hs256(payload(), public_pem(rsa_key())), keys);
}

TEST(TokenVerifier, RefusesAnAlgorithmThatIsNotTheKeys) {
  const AccountKeys keys = keys_with({public_key(rsa_key())});
  expect_refused(sign_hs256(payload(), kSecret, R"({"alg":"HS512"})"), keys);
  expect_refused(sign_with(rsa_key(), R"({"alg":"RS384"})", payload()), keys);
  expect_refused(sign_with(rsa_key(), R"({"alg":"PS256"})", payload()), keys);
  expect_refused(sign_with(ec_key(), R"({"alg":"ES256"})", payload()), keys);
  expect_refused(sign_with(ec_key(), R"({"alg":"RS256"})", payload()), keys);
}

TEST(TokenVerifier, RefusesAWrongKeyAndAChangedToken) {
  expect_refused(sign_hs256(payload(), "some other secret"));
  const AccountKeys keys = keys_with({public_key(rsa_key())});
  expect_refused(sign_with(other_rsa_key(), R"({"alg":"RS256"})", payload()), keys);
  expect_refused(sign_hs256(payload()), AccountKeys{kAccount, "", {}});
  expect_refused(sign_hs256(payload(), ""), AccountKeys{kAccount, "", {chat::HostKey{}}});

  const std::string good = sign_hs256(payload());
  const std::string signature = good.substr(good.rfind('.'));
  expect_refused(unsigned_part(R"({"alg":"HS256","typ":"JWT"})", payload(R"("exp":1900000000)")) +
                 signature);
  expect_refused(unsigned_part(R"({"alg":"HS256"})", payload()) + signature);
}

TEST(TokenVerifier, RefusesEveryTruncationAndEveryChangedCharacter) {
  const std::string good = sign_hs256(payload());
  ASSERT_TRUE(check(good));
  for (std::size_t size = 0; size < good.size(); ++size) expect_refused(good.substr(0, size));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char changed : {'A', '_', '.', '=', '\0', '+'}) {
      std::string text = good;
      if (text[at] == changed) continue;
      text[at] = changed;
      expect_refused(text);
    }
  }
  expect_refused(good + "A");
  expect_refused(good + ".");
  expect_refused(good + std::string(1, '\0'));
  expect_refused(" " + good);
}

TEST(TokenVerifier, RefusesWhatIsNoToken) {
  for (const char* text : {"", ".", "..", "...", "a.b", "a.b.c", "Bearer a.b.c", "e30.e30.e30",
                           "e30.e30.", "\xff.\xff.\xff"}) {
    expect_refused(text);
  }
  for (const std::string body : {"", "null", "5", "[]", "{", "{\"a\":}", "\"text\"", "\xff\xfe",
                                 "{\"sub\":\"\xff\"}", "{\"a\":\"\\ud800\"}"}) {
    expect_refused(sign_hs256(body));
    expect_refused(sign_hs256(payload(), kSecret, body));
  }
}

TEST(TokenVerifier, RefusesHugeAndDeepTokens) {
  expect_refused(std::string(1'000'000, 'a'));
  expect_refused(
      sign_hs256(payload(R"("exp":1800000600,"name":")" + std::string(9000, 'x') + '"')));
  expect_refused(sign_hs256(std::string(5000, '[') + std::string(5000, ']')));
  const std::string deep = std::string(1500, '[') + std::string(1500, ']');
  expect_refused(sign_hs256(payload(R"("exp":1800000600,"x":)" + deep)));
}

TEST(TokenVerifier, RefusesExtensionsThatMustBeUnderstood) {
  expect_refused(sign_hs256(payload(), kSecret, R"({"alg":"HS256","crit":["b64"],"b64":false})"));
}

TEST(TokenVerifier, RefusesHeaderFieldsOfTheWrongType) {
  for (const char* header : {R"({"alg":5})", R"({"alg":["HS256"]})", R"({"alg":"HS256","kid":5})",
                             R"({"alg":"HS256","typ":"JWE"})", R"({"alg":null})"}) {
    expect_refused(sign_hs256(payload(), kSecret, header));
  }
}

TEST(TokenVerifier, RefusesClaimsOfTheWrongType) {
  for (const char* claim :
       {R"("exp":"1800000600")", R"("exp":null)", R"("exp":true)", R"("exp":-5)", R"("exp":1e300)",
        R"("exp":99999999999999999999)", R"("exp":{})", R"("exp":1800000600,"nbf":"soon")",
        R"("exp":1800000600,"iat":[])", R"("exp":1800000600,"role":5)",
        R"("exp":1800000600,"name":{})", R"("exp":1800000600,"email":true)", R"("x":1)"}) {
    expect_refused(sign_hs256(payload(claim)));
  }
}

TEST(TokenVerifier, EndsAtItsExpiryWithThirtySecondsOfLeeway) {
  const std::string token = sign_hs256(payload(R"("exp":1800000000)"));
  const Timestamp expiry{1'800'000'000'000};
  const AccountKeys keys = keys_with({});
  EXPECT_TRUE(check(token, keys, expiry + 29'999));
  expect_refused(token, keys, expiry + 30'000);
  const auto fraction = check(sign_hs256(payload(R"("exp":1800000000.5)")));
  ASSERT_TRUE(fraction) << fraction.error().message;
  EXPECT_EQ(fraction->expires_at, expiry + 500);
}

TEST(TokenVerifier, WaitsForNbfAndIatWithThirtySecondsOfLeeway) {
  const AccountKeys keys = keys_with({});
  for (const char* claim : {"nbf", "iat"}) {
    const std::string token =
        sign_hs256(payload(R"("exp":1900000000,")" + std::string(claim) + R"(":1800000000)"));
    const Timestamp start{1'800'000'000'000};
    expect_refused(token, keys, start + -30'001);
    EXPECT_TRUE(check(token, keys, start + -30'000));
  }
}

// Two parsers that disagree about a repeated name are how a forged claim gets past one of them.
TEST(TokenVerifier, ReadsARepeatedClaimTheSameWayEverywhere) {
  const std::string other = to_hex(kAccount.value + 1);
  const std::string body = R"({"account_id":")" + other + R"(","account_id":")" + to_hex(kAccount) +
                           R"(","sub":"1","sub":"2","exp":1800000600})";
  const auto token = peek(sign_hs256(body));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->account, kAccount);
  const auto verified = TokenVerifier().verify(*token, keys_with({}), kNow);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->claims.subject, "2");
}

TEST(TokenVerifier, TriesABoundedNumberOfKeys) {
  std::vector<chat::HostKey> many;
  for (std::size_t i = 0; i < kMaxKeysTried; ++i) {
    many.push_back(read_secret("not the key, but of 32 bytes: " + std::to_string(100 + i)).value());
  }
  const chat::HostKey right = read_secret("the right key, one too far down the list").value();
  many.push_back(right);
  expect_refused(sign_hs256(payload(), right.material), keys_with(many));
  many.erase(many.begin());
  EXPECT_TRUE(check(sign_hs256(payload(), right.material), keys_with(many)));
}

}  // namespace
}  // namespace parlor::identity
