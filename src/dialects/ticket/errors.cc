#include "dialects/ticket/errors.h"

#include "dialects/common/error_status.h"
#include "dialects/common/json_writer.h"

namespace parlor::dialects::ticket {
namespace {

std::string body(std::string_view code, std::string_view message) {
  return JsonWriter()
      .json("error", JsonWriter().text("code", code).text("message", message).take())
      .take();
}

// The name of what the HTTP layer refuses, as errors are named here.
std::string_view code_of(int status) {
  switch (status) {
    case 404:
      return name_of(ErrorCode::not_found);
    case 413:
      return name_of(ErrorCode::too_large);
    case 429:
      return name_of(ErrorCode::rate_limited);
    default:
      return name_of(status < 500 ? ErrorCode::invalid : ErrorCode::unavailable);
  }
}

}  // namespace

std::string encode_error_body(const Error& error) {
  return body(name_of(error.code), error.message);
}

net::HttpResponse encode_error(const Error& error) {
  auto response = net::HttpResponse::json(http_status_of(error.code), encode_error_body(error));
  add_retry_after(error, response);
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  return net::HttpResponse::json(status, body(code_of(status), message));
}

}  // namespace parlor::dialects::ticket
