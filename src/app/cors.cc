#include "app/cors.h"

#include "dialects/ticket/routes.h"

namespace parlor::app {
namespace {

constexpr const char* kPreflightSeconds = "7200";

bool is_api(const net::HttpRequest& request) {
  constexpr std::string_view kTickets = dialects::ticket::kBasePath;
  return request.path.starts_with("/api/") ||
         (request.path.starts_with(kTickets) && request.path.substr(kTickets.size(), 1) == "/");
}

}  // namespace

void add_cors_headers(const net::HttpRequest& request, net::Headers& headers) {
  if (!is_api(request)) return;
  headers.set("Cache-Control", "no-store");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.add("Vary", "Origin");
  if (request.origin().empty()) return;
  headers.set("Access-Control-Allow-Origin", std::string(request.origin()));
  headers.set("Access-Control-Expose-Headers", "Retry-After");
}

net::HttpResponse answer_preflight(const net::HttpRequest& request, const std::string& allowed) {
  auto response = net::HttpResponse::empty(204);
  response.headers.set("Allow", allowed);
  if (!is_api(request) || request.origin().empty()) return response;
  response.headers.set("Access-Control-Allow-Methods", allowed);
  const auto asked = request.header("Access-Control-Request-Headers");
  if (!asked.empty()) response.headers.set("Access-Control-Allow-Headers", std::string(asked));
  response.headers.set("Access-Control-Max-Age", kPreflightSeconds);
  return response;
}

}  // namespace parlor::app
