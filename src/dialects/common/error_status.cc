#include "dialects/common/error_status.h"

#include <string>

namespace parlor::dialects {

int http_status_of(ErrorCode code) {
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

void add_retry_after(const Error& error, net::HttpResponse& response) {
  if (!error.retry_after) return;
  const auto seconds = (error.retry_after->count() + 999) / 1000;
  response.headers.set("Retry-After", std::to_string(seconds));
}

}  // namespace parlor::dialects
