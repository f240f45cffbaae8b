#include "dialects/admin/answer.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

namespace parlor::dialects::admin {

net::HttpResponse answer(boost::json::value data) {
  boost::json::object body = {{"success", true}};
  body["data"] = std::move(data);
  return net::HttpResponse::json(200, boost::json::serialize(body));
}

}  // namespace parlor::dialects::admin
