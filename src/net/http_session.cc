#include "net/http_session.h"

#include "base/log.h"
#include "net/body_sinks.h"
#include "net/connection.h"
#include "net/exchange.h"
#include "net/file_stream.h"
#include "net/pending_upgrade.h"
#include "net/response_writer.h"
#include "net/shard_server.h"
#include "net/text.h"
#include "net/websocket_handshake.h"

namespace parlor::net {
namespace {

// What a client may send ahead while a request is handled.
constexpr std::size_t kMostUnread = 64 * 1024;
// The next request waits while more than this is still to be sent.
constexpr std::size_t kMostQueued = 256 * 1024;
constexpr std::size_t kFilePiece = 128 * 1024;
constexpr std::size_t kSmallBody = 8 * 1024;

// The stream of response.file_path, cut to the range that was asked for; the response says so.
// Null: it cannot be opened (the status is left), or the range is outside of it (416).
std::unique_ptr<FileStream> open_file(HttpResponse& response, std::string_view range_header) {
  auto file = FileStream::open(response.file_path);
  if (!file || response.status != 200) return file;
  response.headers.set("Accept-Ranges", "bytes");
  const std::string size = std::to_string(file->size());
  ByteRange range;
  switch (parse_range(range_header, file->size(), range)) {
    case RangeVerdict::whole:
      return file;
    case RangeVerdict::unsatisfiable:
      response.status = 416;
      response.headers.set("Content-Range", "bytes */" + size);
      return nullptr;
    case RangeVerdict::part:
      response.status = 206;
      response.headers.set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                std::to_string(range.first + range.size - 1) + "/" +
                                                size);
      file->select(range);
  }
  return file;
}

}  // namespace

HttpSession::HttpSession(Connection& connection) : connection_(connection) { begin_request(); }

HttpSession::~HttpSession() { connection_.server().shared().ahead.give_back(counted_unread_); }

const ServerOptions& HttpSession::options() const { return connection_.server().shared().options; }

void HttpSession::begin_request() {
  state_ = State::head;
  has_begun_ = false;
  request_ = HttpRequest();
  extra_ = Headers();
  exchange_.reset();
  body_.reset();
  file_.reset();
  parser_.reset();
  range_.clear();
  proxied_.reset();
  method_ = Method::get;
  is_http_1_0_ = false;
}

bool HttpSession::wants_read() const {
  if (peer_has_ended_) return false;
  switch (state_) {
    case State::head:
    case State::body:
      return connection_.queued_bytes() < kMostQueued;
    case State::handling:
      return unread_.size() < kMostUnread;
    case State::streaming:
    case State::upgrading:
      return false;
    case State::closing:
      return true;
  }
  return false;
}

void HttpSession::on_read(std::string_view bytes) {
  if (state_ == State::closing) return;
  if (!unread_.empty() || state_ == State::handling) {
    unread_ += bytes;
    parse_unread();
  } else {
    const std::size_t used = parse(bytes);
    unread_.append(bytes.substr(used));
  }
  if (!may_keep_unread()) connection_.end(CloseCause::aborted);
}

// Counts what is unread beyond a head's size.
bool HttpSession::may_keep_unread() {
  auto& budget = connection_.server().shared().ahead;
  const std::size_t free_of_charge = options().max_head_bytes;
  const std::size_t counts = unread_.size() > free_of_charge ? unread_.size() - free_of_charge : 0;
  if (counts > counted_unread_ && !budget.take(counts - counted_unread_)) return false;
  if (counts < counted_unread_) budget.give_back(counted_unread_ - counts);
  counted_unread_ = counts;
  return true;
}

std::string HttpSession::take_unread() {
  std::string unread = std::exchange(unread_, {});
  may_keep_unread();
  return unread;
}

void HttpSession::parse_unread() {
  if (is_parsing_ || unread_.empty()) return;
  // Out of the member: what is handled on the way may look at it.
  std::string bytes = std::move(unread_);
  unread_.clear();
  const std::size_t used = parse(bytes);
  bytes.erase(0, used);
  unread_ = std::move(bytes);
}

std::size_t HttpSession::parse(std::string_view bytes) {
  is_parsing_ = true;
  std::size_t at = 0;
  while (at < bytes.size() && (state_ == State::head || state_ == State::body) &&
         connection_.queued_bytes() < kMostQueued) {
    std::size_t used = 0;
    const bool goes_on = step(bytes.substr(at), used);
    at += used;
    if (!goes_on) break;
  }
  is_parsing_ = false;
  return state_ == State::closing ? bytes.size() : at;
}

// False when more bytes are needed.
bool HttpSession::step(std::string_view bytes, std::size_t& used) {
  if (!has_begun_) {
    // An empty line before a request is tolerated (RFC 9112, section 2.2).
    if (bytes.starts_with("\r\n")) {
      used = 2;
      return true;
    }
    if (bytes == "\r") return false;
    has_begun_ = true;
    parser_ = std::make_unique<RequestParser>(request_, options().max_head_bytes);
    connection_.set_timer(options().head_timeout_ms);
  }
  const auto outcome = parser_->feed(bytes, used);
  if (state_ == State::body) window_bytes_ += used;
  switch (outcome) {
    case RequestParser::Step::need_more:
      return false;
    case RequestParser::Step::head:
      on_head();
      return true;
    case RequestParser::Step::done:
      on_request_complete();
      return true;
    case RequestParser::Step::failed:
      refuse(parser_->status());
      return false;
  }
  return false;
}

void HttpSession::on_head() {
  auto& shared = connection_.server().shared();
  shared.metrics.requests.fetch_add(1, std::memory_order_relaxed);
  method_ = request_.method;
  is_http_1_0_ = request_.is_http_1_0;
  keeps_alive_ = parser_->keep_alive();
  const ClientOrigin origin = shared.proxies.origin_of(connection_.peer(), request_.headers);
  request_.client_address = origin.address.to_text();
  request_.is_loopback = origin.is_local;
  if (origin.is_proxied) proxied_ = origin.address;
  if (origin.is_unnamed && !shared.has_met_unnamed_proxy.exchange(true)) {
    log::warn(
        "a proxy on this machine? Name it with --trusted-proxy, or all its clients share one "
        "address");
  }
  request_.is_secure = origin.is_secure;
  if (!request_.headers.has("If-Range")) range_ = request_.header("Range");

  auto target = parse_target(parser_->target());
  request_.path = target ? std::move(target->path) : readable_path(parser_->target());
  if (target) request_.raw_query = std::move(target->raw_query);
  if (shared.options.response_headers) shared.options.response_headers(request_, extra_);
  if (!target || !check_head()) return refuse(400);
  route(*target);
}

bool HttpSession::check_head() {
  int hosts = 0;
  for (const auto& [name, value] : request_.headers.all()) {
    if (equals_ignoring_case(name, "Host")) ++hosts;
  }
  return hosts == 1 || (hosts == 0 && request_.is_http_1_0);
}

void HttpSession::route(const RequestTarget& target) {
  const Router& router = connection_.server().shared().router;
  if (wants_websocket(request_)) {
    if (const auto* handler = router.find_upgrade(target.segments)) return begin_upgrade(*handler);
  }
  if (target.is_asterisk) {
    if (method_ == Method::options) return answer_options("");
    return refuse(400);
  }
  auto match = router.find(method_, target.segments);
  if (!match.route) {
    if (match.allowed.empty()) return answer(error_response(404));
    if (method_ == Method::options) return answer_options(match.allowed);
    HttpResponse response = error_response(405);
    response.headers.set("Allow", match.allowed);
    return answer(std::move(response));
  }
  request_.path_params = std::move(match.params);
  begin_body(*match.route);
}

void HttpSession::answer_options(const std::string& allowed) {
  if (options().options_response) return answer(options().options_response(request_, allowed));
  HttpResponse response = HttpResponse::empty(204);
  if (!allowed.empty()) response.headers.add("Allow", allowed);
  answer(std::move(response));
}

void HttpSession::begin_body(const Route& route) {
  route_ = &route;
  if (route.options.refuse) {
    if (auto refusal = route.options.refuse(request_)) {
      request_.head_token.reset();
      return answer(std::move(*refusal));
    }
  }
  if (route.options.on_head) request_.head_token = route.options.on_head(request_);
  if (!parser_->has_body()) return on_request_complete();
  if (parser_->content_length().value_or(0) > route.options.max_body_bytes) return refuse(413);
  body_ = body_sink_for(request_, route.options, options().temporary_directory,
                        connection_.server().shared().incoming);
  if (!body_) return refuse(400);
  parser_->set_body_sink(body_.get());
  state_ = State::body;
  window_bytes_ = 0;
  connection_.set_timer(options().body_window_ms);
  if (!is_http_1_0_ && equals_ignoring_case(request_.header("Expect"), "100-continue")) {
    connection_.send(connection_.server().shard().stage("HTTP/1.1 100 Continue\r\n\r\n"));
  }
}

void HttpSession::on_request_complete() {
  if (body_) {
    const int status = body_->finish(request_);
    if (status != 0) return refuse(status);
  }
  connection_.stop_timer();
  state_ = State::handling;
  exchange_ = std::make_shared<Exchange>(connection_.server().shard(), *this);
  // error_response may still want to know what was asked for.
  HttpRequest outline;
  outline.method = request_.method;
  outline.method_name = request_.method_name;
  outline.path = request_.path;
  HttpRequest request = std::exchange(request_, std::move(outline));
  try {
    route_->handler(std::move(request), Responder(exchange_));
  } catch (const std::exception& fault) {
    // The responder went with the handler: it has answered 500.
    log::error("fault in a request handler: {}", fault.what());
  }
}

void HttpSession::begin_upgrade(const UpgradeHandler& handler) {
  if (const int status = check_handshake(request_)) {
    HttpResponse response = error_response(status);
    if (status == 426) response.headers.set("Sec-WebSocket-Version", "13");
    keeps_alive_ = false;
    return answer(std::move(response));
  }
  // A body is not expected and would be taken for frames.
  if (parser_->has_body()) return refuse(400);
  if (proxied_ && !connection_.count_as(*proxied_)) return refuse(429);
  connection_.stop_timer();
  state_ = State::upgrading;
  auto pending = std::make_unique<PendingUpgrade>();
  pending->request = std::move(request_);
  pending->extra = std::move(extra_);
  pending->shard = &connection_.server().shard();
  pending->session = this;
  pending_upgrade_ = pending.get();
  try {
    handler(UpgradeRequest(std::move(pending)));
  } catch (const std::exception& fault) {
    log::error("fault in an upgrade handler: {}", fault.what());
  }
}

std::string HttpSession::leave() {
  pending_upgrade_ = nullptr;
  return take_unread();
}

void HttpSession::continue_upgrade(PendingUpgrade& pending, std::string unread) {
  state_ = State::upgrading;
  has_begun_ = true;
  unread_ = std::move(unread);
  pending_upgrade_ = &pending;
  pending.session = this;
}

WebSocket* HttpSession::accept_upgrade(WebSocketHandler& handler, const Headers& headers) {
  PendingUpgrade& pending = *std::exchange(pending_upgrade_, nullptr);
  Headers all = std::move(pending.extra);
  for (const auto& [name, value] : headers.all()) all.add(name, value);
  const std::string accept = accept_of(pending.request.header("Sec-WebSocket-Key"));
  connection_.send(connection_.server().shard().stage(write_upgrade_head(accept, all)));
  return connection_.become_websocket(handler);
}

void HttpSession::reject_upgrade(HttpResponse response) {
  PendingUpgrade& pending = *std::exchange(pending_upgrade_, nullptr);
  extra_ = std::move(pending.extra);
  method_ = Method::get;
  write(response, false);
  end_response(false);
}

HttpResponse HttpSession::error_response(int status) const {
  if (options().error_response) return options().error_response(status, request_);
  return HttpResponse::text(status, std::string(reason_of(status)) + "\n");
}

// The request cannot be read further: the connection ends behind the answer.
void HttpSession::refuse(int status) {
  keeps_alive_ = false;
  HttpResponse response = error_response(status);
  body_.reset();  // with its files
  request_.head_token.reset();
  answer(std::move(response));
}

// An answer of net itself, in the place of a handler's.
void HttpSession::answer(HttpResponse response) {
  if (!parser_ || parser_->has_body()) keeps_alive_ = false;
  connection_.stop_timer();
  state_ = State::handling;
  deliver(std::move(response));
}

void HttpSession::deliver(HttpResponse response) {
  if (state_ != State::handling) return;
  if (exchange_) exchange_->finish();
  if (response.status == 500 && response.headers.all().empty() && response.body.empty()) {
    response = error_response(500);
  }
  const bool keeps_alive = keeps_alive_ && !response.close_connection && !peer_has_ended_ &&
                           !connection_.server().is_draining();
  write(response, keeps_alive);
  end_response(keeps_alive);
}

void HttpSession::write(HttpResponse& response, bool keeps_alive) {
  ResponseFraming framing{.keep_alive = keeps_alive, .is_http_1_0 = is_http_1_0_};
  if (!response.file_path.empty()) {
    file_ = open_file(response, range_);
    if (!file_ && response.status < 400) response = error_response(404);
  }
  const std::string_view body = response.shared_body ? std::string_view(*response.shared_body)
                                                     : std::string_view(response.body);
  framing.content_length = file_ ? file_->remaining() : body.size();
  const bool has_body = response.status >= 200 && response.status != 204 && response.status != 304;
  framing.has_length = has_body;
  const bool sends_body = has_body && method_ != Method::head;
  if (!sends_body) file_.reset();

  Shard& shard = connection_.server().shard();
  connection_.send(shard.stage(write_head(response, extra_, framing)));
  if (!sends_body || body.empty()) return;
  if (body.size() <= kSmallBody) {
    connection_.send(shard.stage(body));
  } else if (response.shared_body) {
    connection_.send(shard.stage(response.shared_body));
  } else {
    connection_.send(shard.stage(std::make_shared<const std::string>(std::move(response.body))));
  }
}

void HttpSession::end_response(bool keeps_alive) {
  keeps_alive_ = keeps_alive;
  if (file_ && !file_->is_at_end()) {
    state_ = State::streaming;
    return pump_file();
  }
  if (!keeps_alive) {
    state_ = State::closing;
    return connection_.close_after_flush();
  }
  begin_request();
  parse_unread();
  connection_.resume_reading();
}

void HttpSession::pump_file() {
  auto piece = file_->read(kFilePiece);
  if (!piece) {  // the length was promised: only the end of the connection says that it is not met
    log::error("a file could not be read to its end while it was sent");
    return connection_.end(CloseCause::aborted);
  }
  Shard& shard = connection_.server().shard();
  connection_.send(shard.stage(std::make_shared<const std::string>(*std::move(piece))));
}

void HttpSession::on_all_sent() {
  switch (state_) {
    case State::streaming:
      if (!file_->is_at_end()) return pump_file();
      file_.reset();
      return end_response(keeps_alive_);
    case State::head:
      if (has_begun_) connection_.set_timer(options().head_timeout_ms);
      break;
    case State::body:
      window_bytes_ = 0;
      connection_.set_timer(options().body_window_ms);
      break;
    default:
      connection_.stop_timer();
  }
  parse_unread();
  connection_.resume_reading();
}

void HttpSession::on_timer() {
  switch (state_) {
    case State::head:
      return refuse(408);
    case State::body:
      if (window_bytes_ < options().body_window_bytes) return refuse(408);
      window_bytes_ = 0;
      return connection_.set_timer(options().body_window_ms);
    case State::streaming:
      return connection_.end(CloseCause::lost);
    default:
      return;
  }
}

void HttpSession::on_eof() {
  peer_has_ended_ = true;
  const bool may_still_read = state_ == State::handling && !exchange_->has_abort_callback();
  if (may_still_read || state_ == State::closing) return;
  connection_.end(CloseCause::lost);
}

void HttpSession::on_connection_end() {
  if (pending_upgrade_) pending_upgrade_->session = nullptr;
  pending_upgrade_ = nullptr;
  if (const auto exchange = std::exchange(exchange_, nullptr)) exchange->abort();
}

}  // namespace parlor::net
