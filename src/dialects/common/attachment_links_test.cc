#include "dialects/common/attachment_links.h"

#include <gtest/gtest.h>

#include <vector>

namespace parlor::dialects {
namespace {

using chat::BlobPart;

const std::string kKey = "0123456789abcdef0123456789abcdef";

class LinkSignerTest : public testing::Test {
 protected:
  LinkSignerTest() { signer.set_key(std::string(32, 'k')); }

  std::optional<std::int64_t> open(const std::string& path, std::string_view key = kKey,
                                   BlobPart part = BlobPart::original) const {
    return signer.seconds_left(key, part, net::QueryParams::parse(path.substr(path.find('?') + 1)));
  }

  ManualClock clock{Timestamp{1'759'919'400'000}};
  LinkSigner signer{clock, ""};
};

TEST_F(LinkSignerTest, ALinkOpensWhatItWasMadeFor) {
  const auto path = signer.path(kKey, BlobPart::original);
  EXPECT_EQ(path.substr(0, path.find('?')), "/attachment/" + kKey);
  EXPECT_GE(open(path).value_or(0), LinkSigner::kShortestLifeSeconds);
  const auto small = signer.path(kKey, BlobPart::thumbnail);
  EXPECT_EQ(small.substr(0, small.find('?')), "/attachment/" + kKey + "/thumbnail");
  EXPECT_TRUE(open(small, kKey, BlobPart::thumbnail));
}

TEST_F(LinkSignerTest, ALinkOpensNothingElse) {
  const auto path = signer.path(kKey, BlobPart::original);
  EXPECT_FALSE(open(path, "f" + kKey.substr(1)));
  EXPECT_FALSE(open(path, kKey, BlobPart::thumbnail));
  EXPECT_FALSE(open("?e=99999999999&" + path.substr(path.find("s="))));
  EXPECT_FALSE(open(path + "x"));
  EXPECT_FALSE(open(path.substr(0, path.size() - 1)));
  EXPECT_FALSE(open("?e=1"));
  EXPECT_FALSE(open("?"));
  EXPECT_FALSE(open(path, "../../etc/passwd"));
  LinkSigner other(clock, "");
  other.set_key(std::string(32, 'j'));
  EXPECT_FALSE(open(other.path(kKey, BlobPart::original)));
}

TEST_F(LinkSignerTest, ALinkEndsAndTheNextReadHasANewOne) {
  const auto path = signer.path(kKey, BlobPart::original);
  clock.advance(LinkSigner::kShortestLifeSeconds * 1000);
  EXPECT_TRUE(open(path));
  const auto renewed = signer.path(kKey, BlobPart::original);
  EXPECT_NE(renewed, path);
  clock.advance(LinkSigner::kShortestLifeSeconds * 1000);
  EXPECT_FALSE(open(path));
  EXPECT_TRUE(open(renewed));
}

TEST_F(LinkSignerTest, ReadsSoonAfterEachOtherHaveTheSameLink) {
  const auto path = signer.path(kKey, BlobPart::original);
  clock.advance(60'000);
  EXPECT_EQ(signer.path(kKey, BlobPart::original), path);
}

TEST(LinkOrigin, IsThePublicUrlElseWhatTheRequestSays) {
  const ManualClock clock{Timestamp{}};
  net::HttpRequest request;
  request.headers.add("Host", "chat.example:8443");
  EXPECT_EQ(LinkSigner(clock, "").origin_of(request), "http://chat.example:8443");
  request.is_secure = true;
  EXPECT_EQ(LinkSigner(clock, "").origin_of(request), "https://chat.example:8443");
  EXPECT_EQ(LinkSigner(clock, "https://help.example").origin_of(request), "https://help.example");
  for (const auto* host : {"a b", "a/b", "a\"", "user@a", "", "a?b", "<a>"}) {
    request.headers.set("Host", host);
    EXPECT_EQ(LinkSigner(clock, "").origin_of(request), "") << host;
  }
}

TEST(LinkedBlob, IsKnownByTheShapeOfItsUrl) {
  const auto path = "/attachment/" + kKey + "?e=1&s=x";
  EXPECT_EQ(linked_blob("https://chat.example" + path), kKey);
  EXPECT_EQ(linked_blob("http://127.0.0.1:8000" + path), kKey);
  EXPECT_EQ(linked_blob("https://www.example/chat" + path), kKey) << "a public URL with a path";
  EXPECT_EQ(linked_blob(path), kKey);
  for (const auto& other : std::vector<std::string>{
           "https://cdn.example/images/screenshot.png", "https://a.example/attachment/17?e=1&s=x",
           "https://a.example/attachment/" + kKey, "https://a.example", "", "/",
           "https://a.example/attachment/" + kKey + "/thumbnail?e=1&s=x",
           "https://a.example/?u=" + path, "?e=1&s=x"}) {
    EXPECT_FALSE(linked_blob(other)) << other;
  }
}

}  // namespace
}  // namespace parlor::dialects
