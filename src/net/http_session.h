// HTTP/1.1 on one connection: requests are read, handled and answered one after another.
//
//   head ──> body ──> handling ──> [streaming a file] ──> head …
//     └──────────────────────────────────────────────────> closing   (refused, or the last)
//     └──> upgrading ──> (WebSocket)
//
// While a request is handled the connection is read on, to learn that the client has gone; what it
// brings waits, up to kMostUnread and to what all connections together may send ahead.
//
// Owner: Connection, which frees it when it is idle. Thread: the shard's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_types.h"
#include "net/ip_address.h"
#include "net/request_parser.h"
#include "net/request_target.h"
#include "net/router.h"
#include "net/websocket.h"

namespace parlor::net {

class Connection;
class Exchange;
class FileStream;
struct PendingUpgrade;
struct ServerOptions;

class HttpSession {
 public:
  explicit HttpSession(Connection& connection);
  ~HttpSession();

  // What Connection calls.
  void on_read(std::string_view bytes);
  void on_eof();
  void on_timer();
  void on_all_sent();
  void on_connection_end();
  bool is_idle() const { return state_ == State::head && !has_begun_ && unread_.empty(); }
  bool wants_read() const;

  // What Exchange calls.
  void deliver(HttpResponse response);

  // What UpgradeRequest calls.
  WebSocket* accept_upgrade(WebSocketHandler& handler, const Headers& headers);
  void reject_upgrade(HttpResponse response);
  Connection& connection() { return connection_; }
  std::string take_unread();
  // Before the connection moves to another shard: lets go of the upgrade. Returns what is unread.
  std::string leave();
  // On the shard that it was moved to.
  void continue_upgrade(PendingUpgrade& pending, std::string unread);

 private:
  enum class State : std::uint8_t { head, body, handling, streaming, upgrading, closing };

  void parse_unread();
  bool may_keep_unread();
  std::size_t parse(std::string_view bytes);
  bool step(std::string_view bytes, std::size_t& used);
  void begin_request();
  void on_head();
  bool check_head();
  void route(const RequestTarget& target);
  void begin_body(const Route& route);
  void on_request_complete();
  void begin_upgrade(const UpgradeHandler& handler);
  void answer_options(const std::string& allowed);
  void refuse(int status);
  HttpResponse error_response(int status) const;
  void answer(HttpResponse response);
  void write(HttpResponse& response, bool keeps_alive);
  void end_response(bool keeps_alive);
  void pump_file();
  const ServerOptions& options() const;

  Connection& connection_;
  State state_ = State::head;
  bool has_begun_ = false;  // the first byte of a request has come
  bool is_parsing_ = false;
  bool peer_has_ended_ = false;
  bool keeps_alive_ = true;
  std::size_t window_bytes_ = 0;  // of the body, since the timer was set
  std::string unread_;
  std::size_t counted_unread_ = 0;  // in the budget of all connections
  HttpRequest request_;
  Headers extra_;
  std::unique_ptr<RequestParser> parser_;
  std::unique_ptr<BodySink> body_;
  const Route* route_ = nullptr;
  std::shared_ptr<Exchange> exchange_;
  std::unique_ptr<FileStream> file_;
  PendingUpgrade* pending_upgrade_ = nullptr;
  std::string range_;
  std::optional<IpAddress> proxied_;  // the client, when a trusted proxy named it
  Method method_ = Method::get;
  bool is_http_1_0_ = false;
};

}  // namespace parlor::net
