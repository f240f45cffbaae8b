#include "net/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "net/text.h"

namespace parlor::net {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

// "192.0.2.7", "192.0.2.7:80", "[2001:db8::1]:80", "2001:db8::1", any of them quoted.
std::optional<IpAddress> parse_forwarded_node(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    return IpAddress::parse(text.substr(1, end - 1));
  }
  if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
  return IpAddress::parse(text);
}

// The value of one "name=value" of a Forwarded element; empty when it is not there.
std::string_view forwarded_field(std::string_view element, std::string_view name) {
  for (const auto pair : split(element, ';')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    if (equals_ignoring_case(trim(pair.substr(0, equals)), name)) {
      return trim(pair.substr(equals + 1));
    }
  }
  return {};
}

// The elements of every field of that name, in order.
std::vector<std::string_view> list_elements(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> elements;
  for (const auto& [field, value] : headers.all()) {
    if (!equals_ignoring_case(field, name)) continue;
    for (const auto element : split(value, ',')) elements.push_back(trim(element));
  }
  return elements;
}

// Only proxies send these; whom a proxy on this machine serves is not this machine.
bool is_of_proxy(const Headers& headers) {
  return headers.has("X-Forwarded-For") || headers.has("Forwarded") || headers.has("X-Real-IP") ||
         headers.has("Via");
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  char terminated[INET6_ADDRSTRLEN];
  if (text.empty() || text.size() >= sizeof(terminated)) return std::nullopt;
  std::memcpy(terminated, text.data(), text.size());
  terminated[text.size()] = 0;
  IpAddress address;
  if (inet_pton(AF_INET6, terminated, address.bytes.data()) == 1) return address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  if (inet_pton(AF_INET, terminated, address.bytes.data() + 12) == 1) return address;
  return std::nullopt;
}

IpAddress IpAddress::of(const sockaddr_storage& from) {
  IpAddress address;
  if (from.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
    std::memcpy(address.bytes.data(), &v6.sin6_addr, 16);
  } else if (from.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
    std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
    std::memcpy(address.bytes.data() + 12, &v4.sin_addr, 4);
  }
  return address;
}

bool IpAddress::is_v4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

bool IpAddress::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  return bytes[15] == 1 &&
         std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return b == 0; });
}

std::string IpAddress::to_text() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (is_v4()) {
    inet_ntop(AF_INET, bytes.data() + 12, text, sizeof(text));
  } else {
    inet_ntop(AF_INET6, bytes.data(), text, sizeof(text));
  }
  return text;
}

IpAddress IpAddress::limit_key() const {
  IpAddress key = *this;
  if (!is_v4()) std::fill(key.bytes.begin() + 8, key.bytes.end(), std::uint8_t{0});
  return key;
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  IpNetwork network{*address, 128};
  if (slash == std::string_view::npos) return network;
  const auto digits = text.substr(slash + 1);
  int bits = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const int longest = text.find(':') == std::string_view::npos ? 32 : 128;
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size() || bits < 0 ||
      bits > longest) {
    return std::nullopt;
  }
  network.prefix_bits = bits + 128 - longest;
  return network;
}

bool IpNetwork::contains(const IpAddress& candidate) const {
  const int whole = prefix_bits / 8;
  if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, candidate.bytes.begin())) {
    return false;
  }
  if (prefix_bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF << (8 - prefix_bits % 8));
  return ((address.bytes[whole] ^ candidate.bytes[whole]) & mask) == 0;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const std::string& text : networks) {
    const auto network = IpNetwork::parse(text);
    if (!network) {
      return fail(ErrorCode::invalid,
                  "'" + text + "' is not a network: write an address or a CIDR such as 10.0.0.0/8");
    }
    proxies.networks_.push_back(*network);
  }
  return proxies;
}

bool TrustedProxies::trusts(const IpAddress& address) const {
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const IpNetwork& network) { return network.contains(address); });
}

ClientOrigin TrustedProxies::origin_of(const IpAddress& peer, const Headers& headers) const {
  ClientOrigin origin{peer};
  const bool is_trusted = trusts(peer);
  if (peer.is_loopback()) {
    const bool speaks_for_another = is_of_proxy(headers);
    origin.is_local = !speaks_for_another;
    origin.is_unnamed = speaks_for_another && !is_trusted;
  }
  if (!is_trusted) return origin;

  auto elements = list_elements(headers, "X-Forwarded-For");
  const bool is_forwarded = elements.empty();
  if (is_forwarded) elements = list_elements(headers, "Forwarded");
  for (auto at = elements.rbegin(); at != elements.rend(); ++at) {
    const auto node = is_forwarded ? forwarded_field(*at, "for") : *at;
    const auto address = parse_forwarded_node(node);
    if (!address) break;
    origin.address = *address;
    origin.is_proxied = !trusts(*address);
    if (origin.is_proxied) break;
  }

  // The nearest proxy's word: it is the one that we trust.
  if (const auto schemes = list_elements(headers, "X-Forwarded-Proto"); !schemes.empty()) {
    origin.is_secure = equals_ignoring_case(schemes.back(), "https");
  } else if (is_forwarded && !elements.empty()) {
    origin.is_secure = equals_ignoring_case(forwarded_field(elements.back(), "proto"), "https");
  }
  return origin;
}

}  // namespace parlor::net
