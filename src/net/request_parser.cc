#include "net/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "net/text.h"

namespace parlor::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

// The longest chunk header or trailer that may come in pieces.
constexpr std::size_t kMostUnparsedBody = 16 * 1024;

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::del;
    case http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

}  // namespace

struct RequestParser::Impl final : http::basic_parser<true> {
  Impl(HttpRequest& into, std::size_t most_head) : request(into), max_head_bytes(most_head) {
    header_limit(static_cast<std::uint32_t>(most_head));
    body_limit(boost::none);  // the sink's business
  }

  void on_request_impl(http::verb verb, BeastView name, BeastView text, int version,
                       error_code&) override {
    request.method = method_of(verb);
    request.method_name.assign(name.data(), name.size());
    request.is_http_1_0 = version == 10;
    target.assign(text.data(), text.size());
  }
  void on_field_impl(http::field field, BeastView name, BeastView value, error_code&) override {
    if (is_header_done()) return;  // trailers are dropped
    if (field == http::field::transfer_encoding) {
      has_transfer_encoding = true;
      if (!equals_ignoring_case({value.data(), value.size()}, "chunked")) is_decodable = false;
    }
    request.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code& ec) override {
    if (has_transfer_encoding && !(chunked() && is_decodable)) {
      status = 501;  // an encoding that we cannot delimit, or cannot undo
      ec = http::error::bad_transfer_encoding;
    }
  }
  std::size_t on_body_impl(BeastView bytes, error_code& ec) override { return write(bytes, ec); }
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView bytes, error_code& ec) override {
    return write(bytes, ec);
  }
  void on_response_impl(int, BeastView, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  std::size_t write(BeastView bytes, error_code& ec) {
    status = sink ? sink->write({bytes.data(), bytes.size()}) : 0;
    if (status != 0) ec = http::error::body_limit;
    return bytes.size();
  }

  int status_of(const error_code& ec) const {
    if (status != 0) return status;
    if (ec == http::error::header_limit) return 431;
    if (ec == http::error::bad_version) return 505;
    return 400;
  }

  HttpRequest& request;
  const std::size_t max_head_bytes;
  std::size_t head_bytes = 0;
  std::string target;
  BodySink* sink = nullptr;
  int status = 0;
  bool has_transfer_encoding = false;
  bool is_decodable = true;
  bool is_head_reported = false;
};

RequestParser::RequestParser(HttpRequest& request, std::size_t max_head_bytes)
    : impl_(std::make_unique<Impl>(request, max_head_bytes)) {}

RequestParser::~RequestParser() = default;

RequestParser::Step RequestParser::feed(std::string_view bytes, std::size_t& used) {
  used = 0;
  auto& parser = *impl_;
  const bool was_in_head = !parser.is_header_done();
  error_code ec;
  if (!parser.is_done()) used = parser.put({bytes.data(), bytes.size()}, ec);
  if (ec && ec != http::error::need_more) {
    parser.status = parser.status_of(ec);
    return Step::failed;
  }
  const std::size_t unused = bytes.size() - used;
  if (was_in_head) {
    parser.head_bytes += used;
    const std::size_t pending = parser.is_header_done() ? 0 : unused;
    if (parser.head_bytes + pending > parser.max_head_bytes) {
      parser.status = 431;
      return Step::failed;
    }
  } else if (ec && unused > kMostUnparsedBody) {
    parser.status = 400;
    return Step::failed;
  }
  if (parser.is_header_done() && !parser.is_head_reported) {
    parser.is_head_reported = true;
    return Step::head;
  }
  if (parser.is_done()) return Step::done;
  return Step::need_more;
}

void RequestParser::set_body_sink(BodySink* sink) {
  impl_->sink = sink;
  impl_->eager(true);
}

bool RequestParser::keep_alive() const { return impl_->keep_alive(); }
bool RequestParser::has_body() const { return !impl_->is_done(); }
std::string_view RequestParser::target() const { return impl_->target; }
int RequestParser::status() const { return impl_->status; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = impl_->content_length();
  if (!length) return std::nullopt;
  return *length;
}

}  // namespace parlor::net
