#include "dialects/common/endpoint.h"

#include <algorithm>
#include <string>

#include "chat/customers.h"
#include "chat/integrations.h"

namespace parlor::dialects {
namespace {

std::string text_of(std::string_view view) { return std::string(view); }

bool has_session(const net::HttpRequest& request) {
  return request.headers.has("X-Support-Session") || request.headers.has("support_session");
}

std::string_view role_of(Callers one) {
  switch (one) {
    case Callers::agents:
      return "agents";
    case Callers::visitors:
      return "visitors";
    case Callers::students:
      return "students";
    case Callers::traders:
      return "buyers and vendors";
    default:
      return {};
  }
}

// Whether the token's role is one that may make this call at all.
Result<Ok> check_role(Callers callers, const chat::TokenClaims& claims) {
  const auto kind = chat::customer_kind(claims.role);
  const Callers role = !kind                                 ? Callers::agents
                       : *kind == chat::ContactKind::student ? Callers::students
                                                             : Callers::traders;
  if (admits(callers, role)) return Ok();
  std::string wanted;
  for (const auto one : {Callers::agents, Callers::visitors, Callers::students, Callers::traders}) {
    if (!admits(callers, one)) continue;
    if (!wanted.empty()) wanted += " and ";
    wanted += role_of(one);
  }
  return fail(ErrorCode::forbidden, "This call is for " + wanted + "; the token's role is another");
}

}  // namespace

// The session travels in either header; the source's examples use both names.
chat::VisitorCredentials visitor_credentials(const net::HttpRequest& request) {
  auto session = request.header("X-Support-Session");
  if (session.empty()) session = request.header("support_session");
  auto support_token = request.header("X-Support-Token");
  if (support_token.empty()) support_token = request.bearer_token();
  return {text_of(support_token), text_of(session), text_of(request.header("X-Device-Id")),
          text_of(request.origin())};
}

std::string without_bearer(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  const auto matches = [](char c, char lower) { return c == lower || c + ('a' - 'A') == lower; };
  if (authorization.size() >= kScheme.size() &&
      std::equal(kScheme.begin(), kScheme.end(), authorization.begin(),
                 [&](char lower, char c) { return matches(c, lower); })) {
    authorization.remove_prefix(kScheme.size());
  }
  const auto from = authorization.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return std::string(authorization.substr(from, authorization.find_last_not_of(' ') - from + 1));
}

Result<Ok> admit_write(const Services& services, const Caller& caller,
                       const net::HttpRequest& request) {
  if (request.is_loopback || std::holds_alternative<TokenCaller>(caller)) return Ok();
  // Neither are servers, nor agents: only buyers and vendors.
  const auto* client = std::get_if<ClientCaller>(&caller);
  if (client && !(client->claims && chat::customer_kind(client->claims->role))) return Ok();
  return services.visitor_writes.admit(caller_key_of(caller));
}

void refuse(const Services& services, Caller caller, const Error& error, net::Responder respond) {
  if (std::holds_alternative<Anonymous>(caller)) return respond(services.encode_error(error));
  services.pipeline.execute(make_call(CallParts<net::HttpResponse, Error, Ok>{
                                Access::read, std::move(caller), error,
                                [](chat::Transaction&, const chat::Actor&,
                                   const Error& refusal) -> Result<Ok> { return Failure(refusal); },
                                nullptr, services.encode_error, 0, nullptr}),
                            std::move(respond));
}

void identify_client(const Services& services, net::HttpRequest request, net::Responder respond,
                     std::function<void(Caller, net::HttpRequest, net::Responder)> then) {
  auto authorization = without_bearer(request.header("Authorization"));
  ClientCaller client;
  client.client_code = text_of(request.header("client"));
  client.address_key = address_key_of(request.client_address);
  if (authorization.empty() || client.client_code.empty()) {
    return respond(services.encode_error(
        {ErrorCode::unauthenticated,
         "send an integration key or a token, and the client code: Authorization, client"}));
  }
  if (authorization.starts_with(chat::kIntegrationKeyPrefix)) {
    client.key = std::move(authorization);
    return then(std::move(client), std::move(request), std::move(respond));
  }
  struct Waiting {
    ClientCaller client;
    net::HttpRequest request;
    net::Responder respond;
    std::function<void(Caller, net::HttpRequest, net::Responder)> then;
  };
  auto waiting = std::make_shared<Waiting>(
      Waiting{std::move(client), std::move(request), std::move(respond), std::move(then)});
  services.tokens.verify(
      std::move(authorization), [&services, waiting](Result<chat::TokenClaims> claims) {
        if (!claims) return waiting->respond(services.encode_error(claims.error()));
        if (chat::customer_kind(claims->role) == chat::ContactKind::student) {
          return waiting->respond(services.encode_error(
              {ErrorCode::forbidden, "This call is for buyers, vendors and agents"}));
        }
        waiting->client.claims = std::move(*claims);
        waiting->then(std::move(waiting->client), std::move(waiting->request),
                      std::move(waiting->respond));
      });
}

void identify(const Services& services, Callers callers, net::HttpRequest request,
              net::Responder respond,
              std::function<void(Caller, net::HttpRequest, net::Responder)> then) {
  if (callers == Callers::anyone) {
    const Anonymous nobody{address_key_of(request.client_address)};
    return then(nobody, std::move(request), std::move(respond));
  }
  if (callers == Callers::clients) {
    return identify_client(services, std::move(request), std::move(respond), std::move(then));
  }
  if (callers == Callers::visitors ||
      (admits(callers, Callers::visitors) && has_session(request))) {
    auto credentials = visitor_credentials(request);
    if (credentials.support_token.empty() || credentials.session_id.empty()) {
      return respond(services.encode_error(
          {ErrorCode::unauthenticated,
           "send the site's token and the visitor's session: X-Support-Token, X-Support-Session"}));
    }
    VisitorCaller visitor{std::move(credentials), address_key_of(request.client_address)};
    return then(std::move(visitor), std::move(request), std::move(respond));
  }
  auto token = text_of(request.bearer_token());
  if (token.empty()) {
    return respond(services.encode_error(
        {ErrorCode::unauthenticated, "send a token: Authorization: Bearer <token>"}));
  }
  // A std::function is copied, a request and its responder are not: they wait in one shared box.
  struct Waiting {
    Callers callers;
    net::HttpRequest request;
    net::Responder respond;
    std::function<void(Caller, net::HttpRequest, net::Responder)> then;
  };
  auto waiting = std::make_shared<Waiting>(
      Waiting{callers, std::move(request), std::move(respond), std::move(then)});
  services.tokens.verify(std::move(token), [&services, waiting](Result<chat::TokenClaims> claims) {
    if (!claims) return waiting->respond(services.encode_error(claims.error()));
    if (const auto allowed = check_role(waiting->callers, *claims); !allowed) {
      return waiting->respond(services.encode_error(allowed.error()));
    }
    waiting->then(caller_of(std::move(*claims)), std::move(waiting->request),
                  std::move(waiting->respond));
  });
}

}  // namespace parlor::dialects
