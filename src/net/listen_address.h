// Where a server listens, and the sockets for it.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parlor::net {

struct ListenAddress {
  sockaddr_storage address{};
  socklen_t size = 0;
  std::string text;  // as it was given
  bool is_optional =
      false;  // one of a pair ("localhost", "*"): left out when the family is missing

  std::uint16_t port() const;
  void set_port(std::uint16_t port);
  std::string to_text() const;  // "127.0.0.1:8000", "[::1]:8000"
};

// The forms that ServerOptions::listen names. Fails (invalid) saying what is expected.
Result<std::vector<ListenAddress>> parse_listen(std::string_view text);

// A bound, listening descriptor that does not block. Fails (unavailable) with the address and the
// reason. When `port` of the address is 0 it is set to the one that was chosen.
// With `shared`, several of one process may listen on one port (SO_REUSEPORT).
Result<int> open_listener(ListenAddress& address, bool shared);

// True when the machine lacks the address's family.
bool is_missing_family(const ListenAddress& address);

}  // namespace parlor::net
