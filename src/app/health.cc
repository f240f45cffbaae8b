#include "app/health.h"

#include <fmt/format.h>

#include <string>

namespace parlor::app {
namespace {

template <class Number>
void add(std::string& text, std::string_view name, std::string_view type, const Number& value) {
  text += fmt::format("# TYPE parlor_{0} {1}\nparlor_{0} {2}\n", name, type, value.load());
}

std::string metrics_text(realtime::Server& io) {
  std::string text;
  const auto& sockets = io.metrics();
  const auto& sessions = io.engine_metrics();
  add(text, "sockets", "gauge", sockets.sockets);
  add(text, "packets_in_total", "counter", sockets.packets_in);
  add(text, "packets_out_total", "counter", sockets.packets_out);
  add(text, "broadcasts_total", "counter", sockets.broadcasts);
  add(text, "sockets_refused_total", "counter", sockets.refused);
  add(text, "sockets_rate_limited_total", "counter", sockets.rate_limited);
  add(text, "sessions", "gauge", sessions.sessions);
  add(text, "sessions_opened_total", "counter", sessions.sessions_opened);
  add(text, "slow_consumers_total", "counter", sessions.slow_consumers);
  add(text, "ping_timeouts_total", "counter", sessions.ping_timeouts);
  return text;
}

}  // namespace

void add_health(net::Router& router, realtime::Server& io) {
  router.add(net::Method::get, "/health", [](const net::HttpRequest&, net::Responder respond) {
    respond(net::HttpResponse::json(200, R"({"status":"ok"})"));
  });
  router.add(net::Method::get, "/metrics",
             [&io](const net::HttpRequest& request, net::Responder respond) {
               if (!request.is_loopback) return respond(net::HttpResponse::empty(404));
               respond(net::HttpResponse::text(200, metrics_text(io)));
             });
}

}  // namespace parlor::app
