#include "dialects/student/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace parlor::dialects::student {
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

}  // namespace

const char* const kBlockedMessage =
    "Please wait for admin response. You cannot send messages while waiting for support team.";

std::string words_of(const Error& error) {
  return error.code == ErrorCode::forbidden ? "Access denied" : error.message;
}

net::HttpResponse encode_error(const Error& error) {
  auto response = encode_http_error(status_of(error.code), words_of(error));
  if (error.retry_after) {
    const auto seconds = (error.retry_after->count() + 999) / 1000;
    response.headers.set("Retry-After", std::to_string(seconds));
  }
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  const boost::json::object body = {{"message", message}};
  return net::HttpResponse::json(status, boost::json::serialize(body));
}

}  // namespace parlor::dialects::student
