// One HTTP/1.1 request, parsed piece by piece by Boost.Beast. (Beast stays in the .cc file.)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_types.h"

namespace parlor::net {

// Where body bytes go. A status other than 0 (413, 400, 500) refuses the request.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual int write(std::string_view bytes) = 0;
  // The body is complete.
  virtual int finish(HttpRequest& request) = 0;
};

class RequestParser {
 public:
  enum class Step : std::uint8_t { need_more, head, done, failed };

  // Fills `request`, which outlives the parser.
  RequestParser(HttpRequest& request, std::size_t max_head_bytes);
  ~RequestParser();

  // Takes the front of `bytes`; `used` says how much. need_more: the rest must come again, with
  // more behind it. head: it is complete; body bytes follow. done: so is the body. failed: see
  // status().
  Step feed(std::string_view bytes, std::size_t& used);

  // To be set between head and the first byte of the body.
  void set_body_sink(BodySink* sink);

  // After head:
  bool keep_alive() const;
  bool has_body() const;
  std::optional<std::uint64_t> content_length() const;
  std::string_view target() const;

  // Of a refused request: 400, 413, 431, 501, 505 …
  int status() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parlor::net
