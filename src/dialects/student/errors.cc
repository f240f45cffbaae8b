#include "dialects/student/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "dialects/common/error_status.h"

namespace parlor::dialects::student {

const char* const kBlockedMessage =
    "Please wait for admin response. You cannot send messages while waiting for support team.";

std::string words_of(const Error& error) {
  return error.code == ErrorCode::forbidden ? "Access denied" : error.message;
}

net::HttpResponse encode_error(const Error& error) {
  auto response = encode_http_error(http_status_of(error.code), words_of(error));
  add_retry_after(error, response);
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  const boost::json::object body = {{"message", message}};
  return net::HttpResponse::json(status, boost::json::serialize(body));
}

}  // namespace parlor::dialects::student
