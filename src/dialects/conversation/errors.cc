#include "dialects/conversation/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "dialects/common/error_status.h"

namespace parlor::dialects::conversation {
namespace {

net::HttpResponse body(int status, std::string_view error, std::string_view message) {
  const boost::json::object object = {{"success", false}, {"error", error}, {"message", message}};
  return net::HttpResponse::json(status, boost::json::serialize(object));
}

}  // namespace

net::HttpResponse encode_error(const Error& error) {
  const int status = http_status_of(error.code);
  // A 404 names the missing thing itself: "Room not found".
  const auto name = error.code == ErrorCode::not_found ? error.message : net::reason_of(status);
  auto response = body(status, name, error.message);
  add_retry_after(error, response);
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  return body(status, net::reason_of(status), message);
}

}  // namespace parlor::dialects::conversation
