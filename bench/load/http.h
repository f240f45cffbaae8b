// The little of HTTP/1.1 that a load generator needs: requests with a body, answers with
// Content-Length.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/socket.h"

namespace parlor::bench {

struct HttpResponse {
  int status = 0;
  std::string_view body;
  std::size_t size = 0;  // of head and body together
};

// The first answer in `input`, or nothing while it is incomplete; std::runtime_error when it has no
// Content-Length.
std::optional<HttpResponse> parse_response(std::string_view input);

using Headers = std::vector<std::string>;  // "Name: value"

std::string make_request(std::string_view method, std::string_view target, const Headers& headers,
                         std::string_view body);

// HttpClient: one blocking keep-alive connection, for what is asked before a measurement starts.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);

  // The JSON of a 200 answer; any other answer is thrown with its body.
  boost::json::value get(std::string_view target);
  boost::json::value post(std::string_view target, const Headers& headers,
                          const boost::json::value& body);

 private:
  boost::json::value exchange(std::string_view target, const std::string& request);

  Fd fd_;
};

}  // namespace parlor::bench
