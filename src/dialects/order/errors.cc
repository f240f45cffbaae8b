#include "dialects/order/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "dialects/common/error_status.h"

namespace parlor::dialects::order {
namespace {

std::string body(int status, std::string_view message) {
  return boost::json::serialize(
      boost::json::object{{"status", false}, {"statusCode", status}, {"message", message}});
}

}  // namespace

std::string error_body(const Error& error) {
  return body(http_status_of(error.code), error.message);
}

net::HttpResponse encode_error(const Error& error) {
  auto response = net::HttpResponse::json(http_status_of(error.code), error_body(error));
  add_retry_after(error, response);
  return response;
}

net::HttpResponse encode_http_error(int status, std::string_view message) {
  return net::HttpResponse::json(status, body(status, message));
}

}  // namespace parlor::dialects::order
