#include "chat/origin.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

TEST(Origin, DomainsStandForThemselvesTheirSubdomainsAndPorts) {
  struct Case {
    const char* origin;
    std::vector<std::string> domains;
    bool allowed;
  };
  const Case cases[] = {
      {"https://example.com", {}, true},
      {"null", {}, true},
      {"https://example.com", {"example.com"}, true},
      {"https://EXAMPLE.com", {"Example.COM"}, true},
      {"https://shop.example.com", {"example.com"}, true},
      {"https://a.b.example.com", {"example.com"}, true},
      {"https://example.com:8443", {"example.com"}, true},
      {"https://example.com.", {"example.com"}, true},
      {"https://two.org", {"example.com", "two.org"}, true},
      {"http://localhost:3000", {"localhost:3000"}, true},
      {"http://localhost:3001", {"localhost:3000"}, false},
      {"http://localhost", {"localhost:80"}, true},
      {"https://localhost", {"localhost:443"}, true},
      {"https://localhost", {"localhost:80"}, false},
      {"http://[::1]:8000", {"[::1]"}, true},
      {"http://[::1]:8000", {"[::1]:8000"}, true},
      {"http://[::1]", {"[::1]:8000"}, false},
      {"https://badexample.com", {"example.com"}, false},
      {"https://example.com.evil.org", {"example.com"}, false},
      {"https://example.org", {"example.com"}, false},
      {"https://com", {"example.com"}, false},
      {"https://b\u00fccher.example", {"b\u00fccher.example"}, true},
      {"https://xn--bcher-kva.example", {"b\u00fccher.example"}, false},
      {"null", {"example.com"}, false},
      {"example.com", {"example.com"}, false},
      {"https://user@example.com", {"example.com"}, false},
      {"https://evil.org/example.com", {"example.com"}, false},
      {"https://evil.org#.example.com", {"example.com"}, false},
      {"https://example.com:", {"example.com"}, false},
      {"https://example.com:99999999", {"example.com"}, false},
      {"https://", {"example.com"}, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(origin_allowed(c.origin, c.domains), c.allowed) << c.origin;
  }
}

TEST(Origin, DomainsAreKeptAsHostAndPort) {
  EXPECT_EQ(normalise_domain(" https://Example.com/path "), "example.com");
  EXPECT_EQ(normalise_domain("*.example.com"), "example.com");
  EXPECT_EQ(normalise_domain("localhost:3000"), "localhost:3000");
  EXPECT_EQ(normalise_domain("example.com."), "example.com");
  for (const char* text : {"", "  ", "https://", "a b", ".example.com", "user@host", "host:port",
                           "host:", "?", "*."}) {
    EXPECT_FALSE(normalise_domain(text)) << text;
  }
}

}  // namespace
}  // namespace parlor::chat
