// An endpoint: one documented call of a dialect as a value of four functions, and the handler that
// serves it.
//
//   router.add(Method::patch, base + "/room/assignee",
//              serve(services, Endpoint<Reassign, RoomDetail>{Callers::agents, Access::write,
//                                                             decode_reassign, chat::reassign_room,
//                                                             encode_reassigned}));
//
// Order of complaints: nobody is calling (401), the input is malformed (400), then whatever the use
// case says.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "dialects/common/caller.h"
#include "dialects/common/pipeline.h"
#include "dialects/common/visitor_throttle.h"
#include "net/http_types.h"

namespace parlor::dialects {

// Sets of who may call; `anyone` needs no proof of who they are.
enum class Callers : std::uint8_t {
  anyone = 0,
  agents = 1,
  visitors = 2,
  students = 4,
  traders = 8,   // buyers and vendors
  clients = 16,  // integrations, agents and traders, with a client code; never with others
  agents_or_visitors = agents | visitors,
  agents_or_students = agents | students,
  agents_or_customers = agents | visitors | students,
  agents_or_traders = agents | traders,
};

constexpr bool admits(Callers callers, Callers one) {
  return (static_cast<unsigned>(callers) & static_cast<unsigned>(one)) != 0;
}

// How a dialect says an error.
using ErrorEncoder = net::HttpResponse (*)(const Error&);

// Outlives every handler made with it.
struct Services {
  Pipeline& pipeline;
  TokenAuthority& tokens;
  VisitorThrottle& visitor_writes;
  ErrorEncoder encode_error;
  const LinkSigner& links;
};

template <class Input, class Output>
struct Endpoint {
  Callers callers = Callers::agents;
  Access access = Access::read;
  std::function<Result<Input>(const net::HttpRequest&)> decode;
  Result<Output> (*use_case)(chat::Transaction&, const chat::Actor&, const Input&) = nullptr;
  net::HttpResponse (*encode)(const chat::Actor&, const Input&, const Output&) = nullptr;
  std::optional<chat::ReachMessage> (*reads)(const Input&, const Output&) = nullptr;  // optional
  // In the place of encode, for answers that show links to files.
  net::HttpResponse (*encode_with)(const Links&, const chat::Actor&, const Input&,
                                   const Output&) = nullptr;
  RoomId (*marked_room)(const Input&) = nullptr;  // Call::marked_room
};

// Reads that search, or look through all that carries a tag, run on a lane of their own, where they
// delay nobody.
template <class Input>
Access lane_of(Access access, const Input& input) {
  if constexpr (requires { input.search.empty(); }) {
    if (access == Access::read && !input.search.empty()) return Access::search;
  }
  if constexpr (requires { input.tag.empty(); }) {
    if (access == Access::read && !input.tag.empty()) return Access::search;
  }
  return access;
}

// What a visitor's request carries, in its headers.
chat::VisitorCredentials visitor_credentials(const net::HttpRequest& request);

// "Bearer x" and "x" are both x.
std::string without_bearer(std::string_view authorization);

// Finds the caller of a request and gives it to `then`, or answers 401 itself.
void identify(const Services& services, Callers callers, net::HttpRequest request,
              net::Responder respond,
              std::function<void(Caller, net::HttpRequest, net::Responder)> then);

// rate_limited for a visitor, or an address without a session, that writes too fast. Nobody on this
// machine is ever limited.
Result<Ok> admit_write(const Services& services, const Caller& caller,
                       const net::HttpRequest& request);

// Says what is wrong with the input, but only to somebody who may call at all: a stranger is told
// 401.
void refuse(const Services& services, Caller caller, const Error& error, net::Responder respond);

template <class Input, class Output>
net::HttpHandler serve(const Services& services, Endpoint<Input, Output> endpoint) {
  return [&services, endpoint](net::HttpRequest request, net::Responder respond) {
    identify(
        services, endpoint.callers, std::move(request), std::move(respond),
        [&services, endpoint](Caller caller, net::HttpRequest asked, net::Responder answer) {
          if (endpoint.access == Access::write || endpoint.access == Access::ordered) {
            const auto admitted = admit_write(services, caller, asked);
            if (!admitted) return answer(services.encode_error(admitted.error()));
          }
          auto input = endpoint.decode(asked);
          if (!input) {
            return refuse(services, std::move(caller), input.error(), std::move(answer));
          }
          services.pipeline.execute(
              make_call(CallParts<net::HttpResponse, Input, Output>{
                  lane_of(endpoint.access, *input), std::move(caller), std::move(*input),
                  endpoint.use_case, endpoint.encode, services.encode_error, asked.body.size(),
                  endpoint.reads, endpoint.encode_with,
                  Links{services.links, services.links.origin_of(asked)}, endpoint.marked_room}),
              std::move(answer));
        });
  };
}

}  // namespace parlor::dialects
