#include "dialects/order/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace parlor::dialects::order {
namespace {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return 400;
    case ErrorCode::unauthenticated:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::gone:
      return 410;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::rate_limited:
      return 429;
    case ErrorCode::unavailable:
      return 503;
  }
  return 500;
}

std::string body(int status, std::string_view message) {
  return boost::json::serialize(
      boost::json::object{{"status", false}, {"statusCode", status}, {"message", message}});
}

}  // namespace

std::string error_body(const Error& error) { return body(status_of(error.code), error.message); }

net::HttpResponse encode_error(const Error& error) {
  auto response = net::HttpResponse::json(status_of(error.code), error_body(error));
  if (error.retry_after) {
    const auto seconds = (error.retry_after->count() + 999) / 1000;
    response.headers.set("Retry-After", std::to_string(seconds));
  }
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  return net::HttpResponse::json(status, body(status, message));
}

}  // namespace parlor::dialects::order
