#include "net/connection.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <boost/system/error_code.hpp>
#include <cerrno>

#include "base/log.h"
#include "net/http_session.h"
#include "net/shard_server.h"

namespace parlor::net {
namespace {

constexpr int kMostSlicesPerWrite = 64;
// A connection writes at most this much before others have their turn.
constexpr std::size_t kMostBytesPerFlush = 1024 * 1024;
constexpr std::int64_t kLingerMs = 1'000;

// What the kernel answers to one write of what is queued first.
ssize_t write_some(int descriptor, const OutQueue& queue) {
  constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
  iovec pieces[kMostSlicesPerWrite];
  const int count = queue.gather(pieces, kMostSlicesPerWrite);
  // Nearly always one: frames of a turn lie behind one another. send costs 5 % less than sendmsg.
  if (count == 1) return ::send(descriptor, pieces[0].iov_base, pieces[0].iov_len, kFlags);
  msghdr message{};
  message.msg_iov = pieces;
  message.msg_iovlen = static_cast<std::size_t>(count);
  return ::sendmsg(descriptor, &message, kFlags);
}

}  // namespace

void Connection::WebSocketDeleter::operator()(WebSocket* websocket) const { delete websocket; }

Connection::Connection(ShardServer& server, int descriptor, const IpAddress& peer, bool is_counted)
    : server_(server),
      descriptor_(server.shard().loop().io.get_executor(), descriptor),
      peer_(peer),
      timer_(Timer::calling<&Connection::on_timer>(this)),
      is_counted_(is_counted) {
  server_.shared().metrics.open_connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
  if (is_counted_) server_.shared().limits.release(peer_);
  server_.shared().metrics.open_connections.fetch_sub(1, std::memory_order_release);
}

bool Connection::count_as(const IpAddress& client) {
  auto& shared = server_.shared();
  if (is_counted_) return true;
  is_counted_ = shared.limits.admit(client, server_.shard().now_ms());
  if (is_counted_) peer_ = client;
  if (!is_counted_) shared.metrics.refused.fetch_add(1, std::memory_order_relaxed);
  return is_counted_;
}

void Connection::start(std::int64_t first_byte_timeout_ms) {
  set_timer(first_byte_timeout_ms);
  await_readable();
}

TimerWheel& Connection::server_timers() { return server_.shard().timers(); }

bool Connection::is_idle() const { return !http_ || http_->is_idle(); }

void Connection::mark_dirty() {
  if (is_dirty_) return;
  is_dirty_ = true;
  server_.mark_dirty(*this);
}

void Connection::request_settling() {
  if (needs_settling_) return;
  needs_settling_ = true;
  server_.request_settling(*this);
}

void Connection::await_readable() {
  if (is_reading_ || is_ending_) return;
  is_reading_ = true;
  ++pending_waits_;
  descriptor_.async_wait(Descriptor::wait_read, [this](const boost::system::error_code& error) {
    --pending_waits_;
    is_reading_ = false;
    if (is_closed_ && pending_waits_ == 0) return request_settling();
    if (!error && !is_ending_) on_readable();
  });
}

void Connection::await_writable() {
  ++pending_waits_;
  descriptor_.async_wait(Descriptor::wait_write, [this](const boost::system::error_code& error) {
    --pending_waits_;
    if (is_closed_ && pending_waits_ == 0) return request_settling();
    if (!error && !is_ending_) on_writable();
  });
}

void Connection::on_readable() {
  char* buffer = server_.read_buffer();
  const auto count =
      ::recv(descriptor_.native_handle(), buffer, ShardServer::kReadBufferBytes, MSG_DONTWAIT);
  if (count < 0) {
    if (errno == EAGAIN || errno == EINTR) return await_readable();
    return end(CloseCause::lost);
  }
  if (count == 0) return on_peer_eof();
  server_.shared().metrics.bytes_in.fetch_add(static_cast<std::uint64_t>(count),
                                              std::memory_order_relaxed);
  dispatch(buffer, static_cast<std::size_t>(count));
  resume_reading();
}

void Connection::dispatch(char* bytes, std::size_t size) {
  if (is_lingering_ || closes_after_flush_) return;
  try {
    if (websocket_) return websocket_->on_read(bytes, size);
    if (!http_) http_ = std::make_unique<HttpSession>(*this);
    http_->on_read({bytes, size});
  } catch (const std::exception& fault) {
    log::error("fault while handling a connection: {}", fault.what());
    end(CloseCause::aborted);
  }
}

HttpSession& Connection::continue_upgrade() {
  http_ = std::make_unique<HttpSession>(*this);
  return *http_;
}

void Connection::begin_websocket() {
  std::string unread = http_->take_unread();
  http_.reset();
  if (!unread.empty()) dispatch(unread.data(), unread.size());
  if (is_draining_) websocket_->close(1001, "the server is going away");
  await_readable();
}

void Connection::resume_reading() {
  if (http_ && !is_lingering_ && !http_->wants_read()) return;
  await_readable();
}

void Connection::on_peer_eof() {
  if (is_lingering_ || websocket_) return end(CloseCause::lost);
  if (http_ && !http_->is_idle()) return http_->on_eof();
  if (out_.empty()) return end(CloseCause::lost);
  close_after_flush();
}

void Connection::on_writable() {
  is_blocked_ = false;
  mark_dirty();
}

void Connection::on_timer() {
  auto& metrics = server_.shared().metrics;
  if (is_lingering_) return end(CloseCause::local);
  if (websocket_) return websocket_->on_timer();
  metrics.timeouts.fetch_add(1, std::memory_order_relaxed);
  if (http_ && !is_blocked_ && !http_->is_idle()) return http_->on_timer();
  end(CloseCause::lost);
}

void Connection::flush() {
  if (is_ending_) return;
  std::size_t written = 0;
  while (!out_.empty() && !is_blocked_) {
    const auto count = write_some(descriptor_.native_handle(), out_);
    if (count < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return end(CloseCause::lost);
      is_blocked_ = true;
      await_writable();
      break;
    }
    out_.consume(static_cast<std::size_t>(count));
    written += static_cast<std::size_t>(count);
    if (written >= kMostBytesPerFlush) break;
  }
  server_.shared().metrics.bytes_out.fetch_add(written, std::memory_order_relaxed);
  if (out_.empty()) return on_all_sent();
  if (!is_blocked_) return mark_dirty();
  out_.compact(server_.shard().live_bytes_counter());
  const bool starts_to_wait = written > 0 || !timer_.is_running();
  if (!websocket_ && starts_to_wait) set_timer(server_.shared().options.write_timeout_ms);
}

void Connection::on_all_sent() {
  if (closes_after_flush_) return start_linger();
  if (websocket_) return;
  if (http_) {
    http_->on_all_sent();
    if (!http_->is_idle()) return;
    http_.reset();
  }
  if (is_draining_) return close_after_flush();
  set_timer(server_.shared().options.keep_alive_timeout_ms);
  await_readable();
}

void Connection::close_after_flush() {
  closes_after_flush_ = true;
  set_timer(server_.shared().options.write_timeout_ms);
  mark_dirty();
}

void Connection::start_linger() {
  if (is_lingering_ || is_ending_) return;
  is_lingering_ = true;
  ::shutdown(descriptor_.native_handle(), SHUT_WR);
  set_timer(kLingerMs);
  await_readable();
}

void Connection::end(CloseCause cause) {
  if (is_ending_) return;
  is_ending_ = true;
  end_cause_ = cause;
  timer_.stop();
  request_settling();
}

WebSocket* Connection::become_websocket(WebSocketHandler& handler) {
  timer_.stop();
  websocket_.reset(new WebSocket(*this, &handler));
  server_.shared().metrics.open_websockets.fetch_add(1, std::memory_order_relaxed);
  // Begins when the turn ends: now the handler does not have its WebSocket yet, and the HTTP
  // session may be in the middle of what it read.
  request_settling();
  return websocket_.get();
}

void Connection::end_websocket() {
  websocket_is_over_ = true;
  request_settling();
}

int Connection::release(std::string& unsent) {
  unsent.clear();
  while (!out_.empty()) {
    iovec piece;
    out_.gather(&piece, 1);
    unsent.append(static_cast<const char*>(piece.iov_base), piece.iov_len);
    out_.consume(piece.iov_len);
  }
  is_counted_ = false;  // the other connection is
  const int descriptor = descriptor_.release();
  end(CloseCause::aborted);
  return descriptor;
}

void Connection::drain() {
  if (is_draining_ || is_ending_) return;
  is_draining_ = true;
  if (websocket_) return websocket_->close(1001, "the server is going away");
  if (is_idle() && out_.empty() && !closes_after_flush_) end(CloseCause::aborted);
}

bool Connection::settle() {
  needs_settling_ = false;
  if (websocket_ && http_ && !is_ending_) begin_websocket();
  if (websocket_ && (websocket_is_over_ || is_ending_)) {
    // Out of the member first: the handler may look at this connection again.
    const auto websocket = std::move(websocket_);
    server_.shared().metrics.open_websockets.fetch_sub(1, std::memory_order_relaxed);
    websocket->on_connection_end(end_cause_);
  }
  if (!is_ending_) return false;
  if (!is_closed_) {
    is_closed_ = true;
    if (http_) http_->on_connection_end();
    out_.clear();
    if (descriptor_.is_open()) {
      boost::system::error_code ignored;
      descriptor_.close(ignored);
    }
  }
  return pending_waits_ == 0;
}

}  // namespace parlor::net
