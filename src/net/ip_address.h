// Addresses of peers, networks of trusted proxies, and who a request really comes from.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/http_types.h"

namespace parlor::net {

// IPv4 is kept as ::ffff:a.b.c.d, so that there is one form of each address.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  static std::optional<IpAddress> parse(std::string_view text);
  static IpAddress of(const sockaddr_storage& address);

  bool is_v4() const;
  bool is_loopback() const;
  std::string to_text() const;  // "192.0.2.7", "2001:db8::1"
  // What limits count by: the address, of IPv6 its first 64 bits (one customer's network).
  IpAddress limit_key() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

struct IpNetwork {
  IpAddress address;
  int prefix_bits = 128;  // of the 128

  // "10.0.0.0/8", "2001:db8::/32", "192.0.2.1".
  static std::optional<IpNetwork> parse(std::string_view text);
  bool contains(const IpAddress& candidate) const;
};

struct ClientOrigin {
  IpAddress address;
  bool is_secure = false;
  bool is_local = false;    // straight from this machine: the peer is, and speaks for nobody else
  bool is_proxied = false;  // a trusted proxy named the address
  bool is_unnamed = false;  // a proxy on this machine that is not among the trusted
};

class TrustedProxies {
 public:
  // Fails (invalid) naming the entry that is no network.
  static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

  bool trusts(const IpAddress& address) const;
  // The peer, unless it is trusted: then the last address of X-Forwarded-For (of Forwarded when
  // there is none) that is not trusted. An entry that is no address ends the search at the one
  // behind it. A proxy must overwrite or append to the header that it uses.
  ClientOrigin origin_of(const IpAddress& peer, const Headers& headers) const;

 private:
  std::vector<IpNetwork> networks_;
};

}  // namespace parlor::net
