// Pages of lists, as conversation-v2 asks for them and answers them.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "dialects/common/decode.h"
#include "net/http_types.h"

namespace parlor::dialects::conversation {

// page, limit and search of the query into the fields of `input` with those names.
template <class Input>
Result<Ok> decode_paging(const net::QueryParams& query, Input& input) {
  const auto page = integer_of(query.get("page"), "page");
  if (!page) return page.failure();
  input.page = page->value_or(input.page);
  const auto limit = integer_of(query.get("limit"), "limit");
  if (!limit) return limit.failure();
  input.limit = limit->value_or(input.limit);
  input.search = query.get("search").value_or("");
  return Ok();
}

template <class List>
net::HttpResponse list_response(boost::json::array rooms, const List& list) {
  const boost::json::object body = {
      {"success", true},
      {"rooms", std::move(rooms)},
      {"pagination",
       boost::json::object{{"page", list.page}, {"limit", list.limit}, {"total", list.total}}}};
  return net::HttpResponse::json(200, boost::json::serialize(body));
}

}  // namespace parlor::dialects::conversation
