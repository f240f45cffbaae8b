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
Result<typename Call::Input> decode_http(const net::HttpRequest& request,
                                         const chat::Responder* responder) {
  auto body = parse_json_object(request.body.empty() ? "{}" : request.body);
  if (!body) return body.failure();
  return Call::decode({chat::canonical_ticket_id(request.param("ticketId")), *body, request.query(),
                       std::string(request.header("Idempotency-Key")), 0, responder});
}

template <class Call>
net::HttpResponse encode_http(const Links& links, const chat::Actor&,
                              const typename Call::Input& input,
                              const typename Call::Output& output) {
  const auto body = Call::encode(links, input, output);
  return body ? net::HttpResponse::json(200, *body) : encode_error(body.error());
}

// Where the calls are added.
struct Routes {
  net::Router& router;
  const Services& services;
  const chat::Responder* responder;
};

template <class Call>
void add(const Routes& to, Method method, const char* path) {
  Endpoint<typename Call::Input, typename Call::Output> endpoint;
  endpoint.callers = Callers::agents_or_customers;
  endpoint.access = Call::access;
  endpoint.decode = [responder = to.responder](const net::HttpRequest& request) {
    return decode_http<Call>(request, responder);
  };
  endpoint.use_case = Call::use_case;
  endpoint.encode_with = encode_http<Call>;
  net::RouteOptions options;
  options.max_body_bytes = kMaxBodyBytes;
  to.router.add(method, std::string(kBasePath) + "/:ticketId" + path, serve(to.services, endpoint),
                options);
}

}  // namespace

void add_routes(net::Router& router, const Services& services, const chat::Responder* responder) {
  const Routes to{router, services, responder};
  add<Get>(to, Method::get, "");
  add<SetMetadata>(to, Method::post, "/metadata");
  add<Join>(to, Method::post, "/join");
  add<BePresent>(to, Method::post, "/typing");
  add<ListMembers>(to, Method::get, "/members");
  add<Leave>(to, Method::post, "/leave");
  add<Publish>(to, Method::post, "/messages");
  add<ReadHistory>(to, Method::get, "/history");
  add<SaveSnapshot>(to, Method::post, "/snapshots");
  add<ListSnapshots>(to, Method::get, "/snapshots");
  add<Close>(to, Method::post, "/close");
}

}  // namespace parlor::dialects::ticket
