#include "base/digest.h"

#include <gtest/gtest.h>

namespace parlor {
namespace {

TEST(Digest, Sha256GivesThePublishedExamples) {  // FIPS 180-2, appendix B
  EXPECT_EQ(hex_encode(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_encode(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, HmacGivesThePublishedExamples) {  // RFC 4231, cases 2 and 6 (a key above a block)
  EXPECT_EQ(hex_encode(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_encode(hmac_sha256(std::string(131, '\xaa'),
                                   "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, RandomBytesDiffer) {
  EXPECT_EQ(random_bytes(32).size(), 32u);
  EXPECT_NE(random_bytes(32), random_bytes(32));
  EXPECT_EQ(random_bytes(0), "");
}

TEST(Digest, ConstantTimeEqualityComparesAllBytes) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("same", "same"));
  EXPECT_FALSE(equal_in_constant_time("same", "samf"));
  EXPECT_FALSE(equal_in_constant_time("same", "sam"));
}

TEST(Digest, HexComesBackAsItWent) {
  const std::string bytes("\x00\x7f\xff", 3);
  EXPECT_EQ(hex_encode(bytes), "007fff");
  EXPECT_EQ(hex_decode("007FfF"), bytes);
  EXPECT_EQ(hex_decode(""), "");
}

TEST(Digest, TextThatIsNotHexIsNotDecoded) {
  for (const char* text : {"0", "0g", "0x10", "00 ", " 00", "00:00"}) {
    EXPECT_FALSE(hex_decode(text)) << text;
  }
}

TEST(Digest, Base64urlComesBackAsItWent) {  // RFC 4648 section 10, and the two letters of section 5
  EXPECT_EQ(base64url_encode("foob"), "Zm9vYg");
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string bytes = random_bytes(size);
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
  }
}

TEST(Digest, TextThatIsNotCanonicalBase64urlIsNotDecoded) {
  for (const char* text : {"Z", "Zm9vYg==", "Zm9v+g", "Zm9v/g", "Zm 9v", "Zm9vYh", "Zm9v\n"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
}

}  // namespace
}  // namespace parlor
