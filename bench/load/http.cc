#include "load/http.h"

#include <strings.h>
#include <sys/socket.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <stdexcept>

namespace parlor::bench {
namespace {

std::optional<std::size_t> content_length(std::string_view head) {
  constexpr std::string_view kName = "\r\ncontent-length:";
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
       at = head.find("\r\n", at + 2)) {
    std::string_view line = head.substr(at);
    if (line.size() <= kName.size()) return std::nullopt;
    if (strncasecmp(line.data(), kName.data(), kName.size()) != 0) continue;
    line.remove_prefix(kName.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    std::size_t length = 0;
    std::from_chars(line.data(), line.data() + line.size(), length);
    return length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<HttpResponse> parse_response(std::string_view input) {
  const std::size_t end = input.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view head = input.substr(0, end);
  const auto length = content_length(head);
  if (!length) throw std::runtime_error("no Content-Length: " + std::string(head));
  if (input.size() < end + 4 + *length) return std::nullopt;

  HttpResponse response;
  constexpr std::size_t kStatusAt = sizeof "HTTP/1.1 " - 1;
  if (head.size() > kStatusAt + 3) {
    std::from_chars(head.data() + kStatusAt, head.data() + kStatusAt + 3, response.status);
  }
  response.body = input.substr(end + 4, *length);
  response.size = end + 4 + *length;
  return response;
}

std::string make_request(std::string_view method, std::string_view target, const Headers& headers,
                         std::string_view body) {
  std::string request;
  request.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  for (const std::string& header : headers) request.append(header).append("\r\n");
  if (!body.empty()) {
    request.append("Content-Type: application/json\r\nContent-Length: ");
    request.append(std::to_string(body.size())).append("\r\n");
  }
  return request.append("\r\n").append(body);
}

HttpClient::HttpClient(std::uint16_t port) : fd_(try_connect(port, std::chrono::seconds(20))) {
  if (!fd_) throw std::runtime_error("nobody listens on port " + std::to_string(port));
}

boost::json::value HttpClient::get(std::string_view target) {
  return exchange(target, make_request("GET", target, {}, ""));
}

boost::json::value HttpClient::post(std::string_view target, const Headers& headers,
                                    const boost::json::value& body) {
  return exchange(target, make_request("POST", target, headers, boost::json::serialize(body)));
}

boost::json::value HttpClient::exchange(std::string_view target, const std::string& request) {
  if (::send(fd_.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("cannot write a request for " + std::string(target));
  }
  std::string input;
  char chunk[16384];
  while (true) {
    if (const auto response = parse_response(input)) {
      if (response->status == 200) return boost::json::parse(response->body);
      throw std::runtime_error(std::string(target) + " answered " +
                               std::to_string(response->status) + " " +
                               std::string(response->body));
    }
    const ssize_t got = ::recv(fd_.get(), chunk, sizeof chunk, 0);
    if (got <= 0) throw std::runtime_error("no answer to " + std::string(target));
    input.append(chunk, static_cast<std::size_t>(got));
  }
}

}  // namespace parlor::bench
