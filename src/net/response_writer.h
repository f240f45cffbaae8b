// The bytes of a response's head.
#pragma once

#include <cstdint>
#include <string>

#include "net/http_types.h"

namespace parlor::net {

struct ResponseFraming {
  std::uint64_t content_length = 0;
  bool has_length = true;  // false: 204, 304 and 1xx say none
  bool keep_alive = true;
  bool is_http_1_0 = false;
};

// Line breaks in header values become spaces, fields with other names than tokens are left out:
// a value taken from input cannot become a header. Content-Length, Connection, Date and
// Transfer-Encoding of the response's own headers are ignored.
std::string write_head(const HttpResponse& response, const Headers& extra,
                       const ResponseFraming& framing);

// 101 with the answer to the client's Sec-WebSocket-Key.
std::string write_upgrade_head(std::string_view accept, const Headers& extra);

}  // namespace parlor::net
