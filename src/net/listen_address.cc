#include "net/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "net/ip_address.h"

namespace parlor::net {
namespace {

constexpr int kBacklog = 4096;

Failure malformed(std::string_view text) {
  return fail(ErrorCode::invalid, "cannot listen on '" + std::string(text) +
                                      "': write address:port, such as 127.0.0.1:8000, [::1]:8000, "
                                      "localhost:8000 or *:8000");
}

ListenAddress make_v4(in_addr_t address, std::uint16_t port, std::string_view text) {
  ListenAddress made;
  auto& v4 = reinterpret_cast<sockaddr_in&>(made.address);
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = address;
  v4.sin_port = htons(port);
  made.size = sizeof(v4);
  made.text = text;
  return made;
}

ListenAddress make_v6(const in6_addr& address, std::uint16_t port, std::string_view text) {
  ListenAddress made;
  auto& v6 = reinterpret_cast<sockaddr_in6&>(made.address);
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = address;
  v6.sin6_port = htons(port);
  made.size = sizeof(v6);
  made.text = text;
  return made;
}

std::vector<ListenAddress> pair_of(ListenAddress v4, ListenAddress v6) {
  v4.is_optional = v6.is_optional = true;
  return {std::move(v4), std::move(v6)};
}

Failure refused(const ListenAddress& address, int reason) {
  std::string message = "cannot listen on " + address.to_text() + ": ";
  if (reason == EADDRINUSE) {
    message += "another program listens there; stop it or choose another port";
  } else if (reason == EACCES) {
    message += "not permitted; ports below 1024 need the privilege to bind them";
  } else {
    message += std::strerror(reason);
  }
  return fail(ErrorCode::unavailable, std::move(message));
}

// A bound socket, or the error number below zero.
int bind_socket(const ListenAddress& address, bool shared) {
  const int descriptor =
      ::socket(address.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -errno;
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (shared) ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
  if (address.address.ss_family == AF_INET6) {
    ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
  }
  const auto* raw = reinterpret_cast<const sockaddr*>(&address.address);
  if (::bind(descriptor, raw, address.size) != 0 || ::listen(descriptor, kBacklog) != 0) {
    const int reason = errno;
    ::close(descriptor);
    return -reason;
  }
  return descriptor;
}

}  // namespace

std::uint16_t ListenAddress::port() const {
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  }
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

void ListenAddress::set_port(std::uint16_t port) {
  if (address.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(address).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(address).sin_port = htons(port);
  }
}

std::string ListenAddress::to_text() const {
  const std::string host = IpAddress::of(address).to_text();
  const std::string suffix = ":" + std::to_string(port());
  return address.ss_family == AF_INET6 ? "[" + host + "]" + suffix : host + suffix;
}

Result<std::vector<ListenAddress>> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return malformed(text);
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) {
    return malformed(text);
  }
  if (host == "localhost") {
    return pair_of(make_v4(htonl(INADDR_LOOPBACK), port, text),
                   make_v6(in6addr_loopback, port, text));
  }
  if (host == "*") {
    return pair_of(make_v4(htonl(INADDR_ANY), port, text), make_v6(in6addr_any, port, text));
  }
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  const std::string terminated(host);
  in6_addr v6;
  if (is_bracketed) {
    if (inet_pton(AF_INET6, terminated.c_str(), &v6) != 1) return malformed(text);
    return std::vector{make_v6(v6, port, text)};
  }
  in_addr v4;
  if (inet_pton(AF_INET, terminated.c_str(), &v4) != 1) return malformed(text);
  return std::vector{make_v4(v4.s_addr, port, text)};
}

Result<int> open_listener(ListenAddress& address, bool shared) {
  const int descriptor = bind_socket(address, shared);
  if (descriptor < 0) return refused(address, -descriptor);
  if (address.port() == 0) {
    sockaddr_storage bound{};
    socklen_t size = sizeof(bound);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &size);
    address.address = bound;
  }
  return descriptor;
}

bool is_missing_family(const ListenAddress& address) {
  ListenAddress probe = address;
  probe.set_port(0);
  const int descriptor = bind_socket(probe, false);
  if (descriptor >= 0) {
    ::close(descriptor);
    return false;
  }
  return descriptor == -EAFNOSUPPORT || descriptor == -EADDRNOTAVAIL;
}

}  // namespace parlor::net
