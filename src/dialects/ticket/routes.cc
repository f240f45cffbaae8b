#include "dialects/ticket/routes.h"

#include "chat/ticket_access.h"
#include "dialects/ticket/calls.h"
#include "dialects/ticket/errors.h"

namespace parlor::dialects::ticket {
namespace {

using net::Method;

// JSON may write a byte as six ("\u0061"); the largest thing sent is a message.
constexpr std::size_t kMaxBodyBytes = 6 * chat::kMaxPublishBytes + 4096;

template <class Call>
Result<typename Call::Input> decode_http(const net::HttpRequest& request) {
  auto body = parse_json_object(request.body.empty() ? "{}" : request.body);
  if (!body) return body.failure();
  return Call::decode({chat::canonical_ticket_id(request.param("ticketId")), *body, request.query(),
                       std::string(request.header("Idempotency-Key"))});
}

template <class Call>
net::HttpResponse encode_http(const Links& links, const chat::Actor&,
                              const typename Call::Input& input,
                              const typename Call::Output& output) {
  const auto body = Call::encode(links, input, output);
  return body ? net::HttpResponse::json(200, *body) : encode_error(body.error());
}

template <class Call>
void add(net::Router& router, const Services& services, Method method, const char* path) {
  Endpoint<typename Call::Input, typename Call::Output> endpoint;
  endpoint.callers = Callers::agents_or_customers;
  endpoint.access = Call::access;
  endpoint.decode = decode_http<Call>;
  endpoint.use_case = Call::use_case;
  endpoint.encode_with = encode_http<Call>;
  net::RouteOptions options;
  options.max_body_bytes = kMaxBodyBytes;
  router.add(method, std::string(kBasePath) + "/:ticketId" + path, serve(services, endpoint),
             options);
}

}  // namespace

void add_routes(net::Router& router, const Services& services) {
  add<Get>(router, services, Method::get, "");
  add<SetMetadata>(router, services, Method::post, "/metadata");
  add<Join>(router, services, Method::post, "/join");
  add<BePresent>(router, services, Method::post, "/typing");
  add<ListMembers>(router, services, Method::get, "/members");
  add<Leave>(router, services, Method::post, "/leave");
  add<Publish>(router, services, Method::post, "/messages");
  add<ReadHistory>(router, services, Method::get, "/history");
  add<SaveSnapshot>(router, services, Method::post, "/snapshots");
  add<ListSnapshots>(router, services, Method::get, "/snapshots");
  add<Close>(router, services, Method::post, "/close");
}

}  // namespace parlor::dialects::ticket
