#include "realtime/engine_http.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "net/gzip.h"
#include "realtime/engine_shard.h"
#include "socketio/handshake.h"

namespace parlor::realtime {

using socketio::EngineError;

namespace {

constexpr std::string_view kNoOrigin;

void add_all(const net::Headers& from, net::HttpResponse& to) {
  for (const auto& [name, value] : from.all()) to.headers.add(name, value);
}

void answer(EngineConnection::Poll& poll, net::HttpResponse response) {
  add_all(poll.headers, response);
  poll.respond(std::move(response));
}

void answer(EngineConnection::Poll& poll, EngineError error) {
  answer(poll, net::HttpResponse::json(socketio::http_status(error), socketio::error_body(error)));
}

// A client of a WebSocket sees no body: a short one will do.
void reject(net::UpgradeRequest upgrade, EngineError error) {
  upgrade.reject(net::HttpResponse::text(400, socketio::error_body(error)));
}

// A copy of what a session keeps of the request that opened it.
net::HttpRequest head_of(const net::HttpRequest& request) {
  net::HttpRequest head;
  head.method = request.method;
  head.method_name = request.method_name;
  head.path = request.path;
  head.raw_query = request.raw_query;
  head.headers = request.headers;
  head.client_address = request.client_address;
  head.is_secure = request.is_secure;
  head.is_loopback = request.is_loopback;
  head.is_http_1_0 = request.is_http_1_0;
  return head;
}

// The shard that a session id names; null when it names none.
EngineShard* shard_of(EngineServer& server, std::string_view sid) {
  const auto place = place_of(sid, kSessionIdSize);
  if (!place || place->shard >= server.shard_count()) return nullptr;
  return &server.shard(place->shard);
}

// Of a body; net has checked the header. 0 for chunked ones.
std::uint64_t announced_size(const net::HttpRequest& head) {
  const auto text = head.header("Content-Length");
  std::uint64_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size;
}

// Runs on the session's shard: at once when that is this one.
template <class Action>
void on_shard(EngineShard& shard, Action action) {
  if (net::Shard::current() == &shard.io()) {
    action();
  } else {
    shard.post(std::move(action));
  }
}

// Tells the session of a POST whose body is still to come, and that it will not come after all:
// because the client went away, took too long, or sent more than it may without saying so before.
class PostTicket {
 public:
  PostTicket(EngineShard& shard, std::string sid) : shard_(shard), sid_(std::move(sid)) {
    tell([ticket = this](EngineConnection& connection) { connection.post_started(ticket); });
  }
  PostTicket(const PostTicket&) = delete;
  PostTicket& operator=(const PostTicket&) = delete;
  ~PostTicket() {
    tell([ticket = this](EngineConnection& connection) { connection.post_dropped(ticket); });
  }

 private:
  template <class Action>
  void tell(Action action) {
    on_shard(shard_, [&shard = shard_, sid = sid_, action] {
      if (auto* const connection = shard.find(sid)) action(*connection);
    });
  }

  EngineShard& shard_;
  const std::string sid_;
};

}  // namespace

std::shared_ptr<void> EngineHttp::on_head(const net::HttpRequest& head) const {
  if (head.method_name != "POST") return nullptr;
  auto query = socketio::parse_engine_query(head.raw_query);
  // What is refused for its head does nothing to the session.
  if (socketio::check_request({head.method_name, head.raw_query, false}, query,
                              server_.options().transports) ||
      announced_size(head) > server_.options().engine.maximum_payload) {
    return nullptr;
  }
  auto* const shard = shard_of(server_, query.sid);
  if (!shard) return nullptr;
  return std::make_shared<PostTicket>(*shard, std::move(query.sid));
}

void EngineHttp::handle(net::HttpRequest request, net::Responder respond) const {
  if (request.method == net::Method::options) return respond(preflight(request));
  EngineConnection::Poll poll{std::move(respond),
                              cors_headers(request),
                              net::accepts_gzip(request.header("Accept-Encoding")),
                              {}};
  auto query = socketio::parse_engine_query(request.raw_query);
  const auto error = socketio::check_request({request.method_name, request.raw_query, false}, query,
                                             server_.options().transports);
  if (error) return answer(poll, *error);
  if (query.sid.empty()) return open_session(std::move(request), std::move(poll));
  relay(std::move(query.sid), std::move(request), std::move(poll));
}

void EngineHttp::open_session(net::HttpRequest request, EngineConnection::Poll poll) const {
  const auto& allow = server_.options().allow_request;
  if (allow && !allow(request)) return answer(poll, EngineError::forbidden);
  auto& shard = server_.shard(net::Shard::current()->index());
  auto* const connection = shard.open(std::move(request));
  if (!connection) return answer(poll, net::HttpResponse::text(503, "too many sessions"));
  connection->open_polling(std::move(poll));
}

void EngineHttp::relay(std::string sid, net::HttpRequest request,
                       EngineConnection::Poll poll) const {
  auto* const shard = shard_of(server_, sid);
  if (!shard) return answer(poll, EngineError::session_unknown);
  const bool is_poll = request.method == net::Method::get;
  if (is_poll) {
    poll.ticket = std::make_shared<EngineConnection::PollTicket>();
    poll.respond.on_abort([shard, sid, ticket = poll.ticket] {
      // Behind the request itself, should that still be on its way to the session.
      shard->post([shard, sid, ticket] {
        auto* const connection = shard->find(sid);
        if (!connection || connection->poll_aborted(ticket.get())) return;
        shard->io().at_end_of_turn([shard, sid, ticket] {
          if (auto* const later = shard->find(sid)) later->poll_aborted(ticket.get());
        });
      });
    });
  }
  on_shard(*shard, [shard, sid = std::move(sid), is_poll, token = std::move(request.head_token),
                    body = std::move(request.body), poll = std::move(poll)]() mutable {
    auto* const connection = shard->find(sid);
    if (!connection) return answer(poll, EngineError::session_unknown);
    if (!is_poll) return connection->handle_post(body, token.get(), std::move(poll));
    if (!connection->is_upgrading()) return connection->handle_poll(std::move(poll));
    // The end of the upgrade, sent before this request on the WebSocket, may wait here to be read.
    shard->io().at_end_of_turn([shard, sid = std::move(sid), poll = std::move(poll)]() mutable {
      auto* const upgraded = shard->find(sid);
      if (!upgraded) return answer(poll, EngineError::session_unknown);
      upgraded->handle_poll(std::move(poll));
    });
  });
}

void EngineHttp::handle_upgrade(net::UpgradeRequest upgrade) const {
  const auto& request = upgrade.request();
  auto query = socketio::parse_engine_query(request.raw_query);
  const auto error = socketio::check_request({request.method_name, request.raw_query, true}, query,
                                             server_.options().transports);
  if (error) return reject(std::move(upgrade), *error);
  const auto headers = cors_headers(request);
  if (query.sid.empty()) {
    const auto& allow = server_.options().allow_request;
    if (allow && !allow(request)) return reject(std::move(upgrade), EngineError::forbidden);
    auto& shard = server_.shard(upgrade.shard().index());
    auto* const connection = shard.open(head_of(request));
    if (!connection) return upgrade.reject(net::HttpResponse::text(503, "too many sessions"));
    return connection->open_websocket(std::move(upgrade), headers);
  }
  auto* const shard = shard_of(server_, query.sid);
  if (!shard) return reject(std::move(upgrade), EngineError::session_unknown);
  auto run = [shard, sid = query.sid, headers](net::UpgradeRequest moved) {
    auto* const connection = shard->find(sid);
    if (!connection) return reject(std::move(moved), EngineError::session_unknown);
    connection->handle_upgrade(std::move(moved), headers);
  };
  if (&upgrade.shard() == &shard->io()) {
    run(std::move(upgrade));
  } else {
    upgrade.move_to(shard->io(), std::move(run));
  }
}

// ---- CORS ------------------------------------------------------------------------------------

net::Headers EngineHttp::cors_headers(const net::HttpRequest& request) const {
  net::Headers headers;
  const auto& options = server_.options();
  if (options.cors_origins.empty()) return headers;
  const bool anyone = std::ranges::find(options.cors_origins, "*") != options.cors_origins.end();
  const auto origin = request.origin();
  if (anyone && !options.cors_credentials) {
    headers.add("Access-Control-Allow-Origin", "*");
    return headers;
  }
  headers.add("Vary", "Origin");
  const bool listed =
      anyone || std::ranges::find(options.cors_origins, origin) != options.cors_origins.end();
  if (origin == kNoOrigin || !listed) return headers;
  headers.add("Access-Control-Allow-Origin", std::string(origin));
  if (options.cors_credentials) headers.add("Access-Control-Allow-Credentials", "true");
  return headers;
}

net::HttpResponse EngineHttp::preflight(const net::HttpRequest& request) const {
  auto response = net::HttpResponse::empty(204);
  add_all(cors_headers(request), response);
  if (server_.options().cors_origins.empty()) return response;
  response.headers.add("Access-Control-Allow-Methods", "GET,POST");
  const auto asked = request.header("Access-Control-Request-Headers");
  if (!asked.empty()) response.headers.add("Access-Control-Allow-Headers", std::string(asked));
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

}  // namespace parlor::realtime
