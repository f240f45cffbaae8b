#include "chat/origin.h"

#include <algorithm>

#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kMaxHostBytes = 255;

struct HostAndPort {
  std::string_view host;
  std::string_view port;  // empty = none written
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "host", "host:port", "[::1]", "[::1]:port". A colon inside brackets belongs to the address.
HostAndPort split_port(std::string_view text) {
  const auto colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && text.find(']', colon) == text.npos;
  if (!has_port) return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool is_host_and_port(std::string_view text) {
  const auto strange = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '@' || c == '?' || c == '#' ||
           c == '\\' || c == 0x7F;
  };
  const auto [host, port] = split_port(text);
  const bool ends_in_colon = text.ends_with(':');
  return !host.empty() && host.size() <= kMaxHostBytes && !ends_in_colon && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), is_digit) &&
         std::none_of(text.begin(), text.end(), strange);
}

// example.com, and shop.example.com, but not badexample.com.
bool is_same_or_below(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string_view without_last_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

std::string_view default_port(std::string_view origin) {
  return lower_case(origin.substr(0, 6)) == "https:" ? "443" : "80";
}

}  // namespace

std::optional<std::string> host_of_origin(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos || scheme_end == 0) return std::nullopt;
  const std::string_view rest = origin.substr(scheme_end + 3);
  if (!is_host_and_port(rest)) return std::nullopt;
  return lower_case(rest);
}

bool origin_allowed(std::string_view origin, const std::vector<std::string>& domains) {
  if (domains.empty()) return true;
  const auto written = host_of_origin(origin);
  if (!written) return false;
  const auto parts = split_port(*written);
  const auto host = without_last_dot(parts.host);
  const auto port = parts.port.empty() ? default_port(origin) : parts.port;
  return std::any_of(domains.begin(), domains.end(), [&](const std::string& domain) {
    const std::string lower = lower_case(domain);
    const auto [allowed_host, allowed_port] = split_port(lower);
    return !allowed_host.empty() && (allowed_port.empty() || allowed_port == port) &&
           is_same_or_below(host, allowed_host);
  });
}

std::optional<std::string> normalise_domain(std::string_view written) {
  std::string_view domain = trimmed(written);
  if (const auto scheme = domain.find("://"); scheme != domain.npos) {
    domain.remove_prefix(scheme + 3);
  }
  domain = domain.substr(0, domain.find('/'));
  if (domain.starts_with("*.")) domain.remove_prefix(2);
  domain = without_last_dot(domain);
  if (!is_host_and_port(domain) || domain.starts_with('.')) return std::nullopt;
  return lower_case(domain);
}

}  // namespace parlor::chat
