#include "net/ip_address.h"

#include <gtest/gtest.h>

#include "net/address_limits.h"

namespace parlor::net {
namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

std::string client(const std::vector<std::string>& trusted, std::string_view peer,
                   const std::vector<Headers::Field>& fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  const auto origin = TrustedProxies::parse(trusted)->origin_of(ip(peer), headers);
  return origin.address.to_text() + (origin.is_secure ? " secure" : "");
}

TEST(TrustedProxies, AHeaderOfAStrangerIsNotBelieved) {
  EXPECT_EQ(client({}, "127.0.0.1", {{"X-Forwarded-For", "192.0.2.1"}}), "127.0.0.1");
  EXPECT_EQ(client({"10.0.0.0/8"}, "192.0.2.9",
                   {{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}}),
            "192.0.2.9");
}

TEST(TrustedProxies, TheLastAddressThatIsNoProxyIsTheClient) {
  const std::vector<std::string> trusted{"10.0.0.0/8", "127.0.0.1"};
  EXPECT_EQ(client(trusted, "127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.1.2.3"}}),
            "192.0.2.1");
  EXPECT_EQ(client(trusted, "127.0.0.1",
                   {{"X-Forwarded-For", "6.6.6.6"}, {"x-forwarded-for", "192.0.2.1:4711"}}),
            "192.0.2.1");
  EXPECT_EQ(client(trusted, "127.0.0.1", {{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}), "10.0.0.1");
  EXPECT_EQ(client(trusted, "127.0.0.1", {{"X-Forwarded-For", "192.0.2.1, junk, 10.0.0.2"}}),
            "10.0.0.2");
  EXPECT_EQ(client(trusted, "127.0.0.1", {}), "127.0.0.1");
}

TEST(TrustedProxies, ThisMachineIsLocalUnlessItSpeaksForAnother) {
  const auto origin = [](const std::vector<std::string>& trusted, std::string_view peer,
                         const std::string& header) {
    Headers headers;
    if (!header.empty()) headers.add(header, "127.0.0.1");
    const auto found = TrustedProxies::parse(trusted)->origin_of(ip(peer), headers);
    return std::string(found.is_local ? "local" : "") + (found.is_unnamed ? "unnamed" : "");
  };
  for (const char* here : {"127.0.0.1", "::1"}) {
    EXPECT_EQ(origin({}, here, ""), "local");
    for (const char* header : {"X-Forwarded-For", "forwarded", "X-Real-IP", "Via"}) {
      EXPECT_EQ(origin({}, here, header), "unnamed") << header;
      EXPECT_EQ(origin({here}, here, header), "") << header;
    }
  }
  EXPECT_EQ(origin({"10.0.0.0/8"}, "10.0.0.1", "X-Forwarded-For"), "");
  EXPECT_EQ(origin({}, "192.0.2.1", "X-Forwarded-For"), "");
}

TEST(TrustedProxies, UnderstandsForwarded) {
  const std::vector<std::string> trusted{"::1"};
  EXPECT_EQ(client(trusted, "::1",
                   {{"Forwarded", "for=6.6.6.6;proto=http, For=\"[2001:db8::7]:99\";proto=https"}}),
            "2001:db8::7 secure");
  EXPECT_EQ(client(trusted, "::1", {{"Forwarded", "for=_hidden"}}), "::1");
}

TEST(TrustedProxies, NamesTheEntryThatIsNoNetwork) {
  for (const char* text : {"10.0.0.0/33", "10.0.0", "::1/129", "a/8", "10.0.0.0/", "10.0.0.0/8x"}) {
    const auto proxies = TrustedProxies::parse({text});
    ASSERT_FALSE(proxies.has_value()) << text;
    EXPECT_NE(proxies.error().message.find(text), std::string::npos);
  }
}

TEST(IpNetwork, ComparesBits) {
  EXPECT_TRUE(IpNetwork::parse("192.168.4.0/22")->contains(ip("192.168.7.255")));
  EXPECT_FALSE(IpNetwork::parse("192.168.4.0/22")->contains(ip("192.168.8.0")));
  EXPECT_TRUE(IpNetwork::parse("2001:db8::/33")->contains(ip("2001:db8:7fff::1")));
  EXPECT_FALSE(IpNetwork::parse("2001:db8::/33")->contains(ip("2001:db8:8000::1")));
  EXPECT_TRUE(IpNetwork::parse("0.0.0.0/0")->contains(ip("8.8.8.8")));
  EXPECT_FALSE(IpNetwork::parse("0.0.0.0/0")->contains(ip("::2")));
}

TEST(AddressLimits, BoundsNewConnectionsASecondAndOpenOnes) {
  AddressLimits limits(3, 5);
  const auto a = ip("192.0.2.1");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.admit(a, 1000));
  EXPECT_FALSE(limits.admit(a, 1999));
  EXPECT_TRUE(limits.admit(ip("192.0.2.2"), 1999));
  EXPECT_TRUE(limits.admit(a, 2000));
  EXPECT_TRUE(limits.admit(a, 2000));
  EXPECT_FALSE(limits.admit(a, 3000)) << "five are open";
  limits.release(a);
  EXPECT_TRUE(limits.admit(a, 3000));
}

TEST(AddressLimits, OneIpv6NetworkIsOneAddress) {
  AddressLimits limits(1, 5);
  EXPECT_TRUE(limits.admit(ip("2001:db8::1"), 0));
  EXPECT_FALSE(limits.admit(ip("2001:db8::2"), 0));
  EXPECT_TRUE(limits.admit(ip("2001:db8:0:1::1"), 0));
}

}  // namespace
}  // namespace parlor::net
