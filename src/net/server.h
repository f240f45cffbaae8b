// The HTTP and WebSocket server: its listeners, its shards and their threads.
//
//   Router router;  router.add(Method::get, "/health", …);
//   auto server = HttpServer::start(std::move(options), std::move(router));
//   if (!server) …server.error().message…
//   …
//   (*server)->drain(10s);
//
// Thread: created, drained and destroyed by one thread that is none of its own.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http_types.h"
#include "net/router.h"
#include "net/shard.h"

namespace parlor::net {

struct ServerOptions {
  // "127.0.0.1:8000", "[::1]:8000"; "localhost:8000" is both loopbacks, "*:8000" any address of
  // both families (a family that the machine lacks is left out). Port 0: any, the same for all.
  std::vector<std::string> listen = {"127.0.0.1:8000"};
  unsigned threads = 1;

  std::size_t max_head_bytes = 16 * 1024;            // request line and headers; beyond: 431
  std::size_t max_message_bytes = 1024 * 1024;       // of a WebSocket message; beyond: 1009
  std::size_t max_outgoing_bytes = 1024 * 1024;      // waiting for one WebSocket; beyond: closed
  std::size_t outgoing_budget_bytes = 256ULL << 20;  // waiting in the whole process, shared once
  std::size_t incoming_budget_bytes = 128ULL << 20;  // of bodies, messages on their way: 503, 1013
  // Sent ahead of an answer, all connections, what fits into a head not counted; beyond: closed.
  std::size_t ahead_budget_bytes = 64ULL << 20;
  std::size_t max_connections = 100'000;
  // Neither is for loopback and trusted proxies. Of what comes through such a proxy WebSockets
  // count by the client's address (429 beyond), requests do not.
  unsigned max_new_per_second_and_address = 200;
  unsigned max_open_per_address = 1'000;

  std::int64_t head_timeout_ms = 10'000;        // from connecting, or from a request's first byte
  std::int64_t keep_alive_timeout_ms = 75'000;  // between two requests
  std::int64_t body_window_ms = 10'000;       // in each such span a body or message must bring …
  std::size_t body_window_bytes = 10 * 1024;  // … this much, or its end; else 408, 1008
  std::int64_t write_timeout_ms = 30'000;     // an answer of which the client takes nothing
  std::int64_t close_timeout_ms = 5'000;      // of the WebSocket close handshake

  std::vector<std::string> trusted_proxies =
      {};                                    // CIDR: "10.0.0.0/8", "::1"; "unix" is not supported
  std::string temporary_directory = "/tmp";  // of uploads while they arrive

  // The body of an answer that net gives by itself: 400, 404, 405, 408, 413, 429, 431, 500, 503.
  // Called on any shard; `request` may be incomplete. Without it: a short text.
  std::function<HttpResponse(int status, const HttpRequest& request)> error_response = nullptr;
  // Adds headers (CORS) to every answer to this request, errors too.
  std::function<void(const HttpRequest& request, Headers& headers)> response_headers = nullptr;
  // Answers OPTIONS of a known path that has no OPTIONS route, and OPTIONS *. `allowed`: "GET, …".
  // Without it: 204 with Allow.
  std::function<HttpResponse(const HttpRequest& request, const std::string& allowed)>
      options_response = nullptr;
};

// Read and written from any thread. All but the first two only grow.
struct ServerMetrics {
  std::atomic<std::int64_t> open_connections{0};
  std::atomic<std::int64_t> open_websockets{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};  // by a limit on connections
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> bytes_in{0};
  std::atomic<std::uint64_t> bytes_out{0};
  std::atomic<std::uint64_t> messages_in{0};  // whole WebSocket messages
  std::atomic<std::uint64_t> slow_consumers{0};
  std::atomic<std::uint64_t> timeouts{0};
};

class HttpServer {
 public:
  // Listens and starts the threads. Fails (invalid, unavailable) with a sentence that names the
  // address. `router` and its handlers live until the server's end; `prepare` runs after the
  // shards exist and before the first connection is accepted.
  static Result<std::unique_ptr<HttpServer>> start(
      ServerOptions options, Router router,
      const std::function<void(HttpServer&)>& prepare = nullptr);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Drains for no time at all if nobody has.
  ~HttpServer();

  // Stops accepting, closes idle connections, finishes requests, closes WebSockets with 1001;
  // what is not done after `limit` is cut. Returns when all threads have ended; every handler's
  // on_close has been called.
  void drain(std::chrono::milliseconds limit);

  std::uint16_t port() const;                  // of the first address
  std::vector<std::string> addresses() const;  // "127.0.0.1:8000", with the real ports
  std::size_t shard_count() const;
  Shard& shard(std::size_t index);
  const ServerMetrics& metrics() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parlor::net
