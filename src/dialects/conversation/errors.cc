#include "dialects/conversation/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

namespace parlor::dialects::conversation {
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

net::HttpResponse body(int status, std::string_view error, std::string_view message) {
  const boost::json::object object = {{"success", false}, {"error", error}, {"message", message}};
  return net::HttpResponse::json(status, boost::json::serialize(object));
}

}  // namespace

net::HttpResponse encode_error(const Error& error) {
  const int status = status_of(error.code);
  // A 404 names the missing thing itself: "Room not found".
  const auto name = error.code == ErrorCode::not_found ? error.message : net::reason_of(status);
  auto response = body(status, name, error.message);
  if (error.retry_after) {
    const auto seconds = (error.retry_after->count() + 999) / 1000;
    response.headers.set("Retry-After", std::to_string(seconds));
  }
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  return body(status, net::reason_of(status), message);
}

}  // namespace parlor::dialects::conversation
