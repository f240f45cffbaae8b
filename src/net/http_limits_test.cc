// What HTTP clients may not do, and how the server starts and ends.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "net/test_support.h"

namespace parlor::net {
namespace {

using namespace testing;

HttpHandler echo() {
  return [](const HttpRequest& request, Responder respond) {
    respond(HttpResponse::text(
        200, std::string(request.method_name) + " " + request.path + " " + request.body));
  };
}

std::unique_ptr<HttpServer> serve_echo(ServerOptions options = {}) {
  Router router;
  router.add(Method::get, "/echo/:what", echo());
  router.add(Method::post, "/echo", echo(), {.max_body_bytes = 1000});
  return serve(std::move(router), std::move(options));
}

TEST(HttpServerLimits, RefusesMalformedRequestsAndCloses) {
  auto server = serve_echo();
  const std::vector<std::pair<std::string, int>> cases = {
      {"GARBAGE\r\n\r\n", 400},
      {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11) + "\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},                        // no Host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},  // two
      {"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},          // broken escape
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},             // another version
      {"GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
      {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},  // request smuggling
      {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
  };
  for (const auto& [request, status] : cases) {
    Client client(server->port());
    client.send(request);
    const auto response = client.read_to_end();
    EXPECT_EQ(status_of(response), status) << request << response;
    EXPECT_NE(response.find("Connection: close"), std::string::npos);
  }
}

TEST(HttpServerLimits, RefusesLongHeads) {
  auto server = serve_echo();
  for (const std::string& head :
       {"GET /" + std::string(20000, 'a'), "GET / HTTP/1.1\r\nA: " + std::string(20000, 'a'),
        "GET /" + std::string(10000, 'a') +
            " HTTP/1.1\r\nHost: a\r\nB: " + std::string(8000, 'b')}) {
    Client client(server->port());
    client.send(head);
    EXPECT_EQ(status_of(client.read_to_end()), 431);
  }
}

TEST(HttpServerLimits, UnfinishedBodiesTogetherHoldNoMoreThanTheBudget) {
  ServerOptions options;
  options.incoming_budget_bytes = 1500;
  auto server = serve_echo(options);
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
  Client first(server->port());
  first.send(head + std::string(900, 'x'));
  while (server->metrics().bytes_in < head.size() + 900) std::this_thread::yield();
  Client second(server->port());
  second.send(head + std::string(999, 'x'));
  EXPECT_EQ(status_of(second.read_to_end()), 503);
  first.send(std::string(100, 'x'));
  EXPECT_EQ(status_of(first.read_response()), 200);
  Client third(server->port());
  third.send(post("/echo", std::string(1000, 'x')));
  EXPECT_EQ(status_of(third.read_response()), 200);
}

TEST(HttpServerLimits, WhatIsSentAheadOfAnswersTogetherHoldsNoMoreThanTheBudget) {
  ServerOptions options;
  options.max_head_bytes = 1000;
  options.ahead_budget_bytes = 10'000;
  Router router;
  std::mutex mutex;
  std::vector<Responder> waiting;
  router.add(Method::get, "/later", [&](const HttpRequest&, Responder respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  auto server = serve(std::move(router), options);
  std::string ahead;
  while (ahead.size() < 8'000) ahead += get("/unknown");
  Client first(server->port());
  first.send(get("/later") + ahead);
  while (server->metrics().bytes_in < ahead.size()) std::this_thread::yield();
  Client second(server->port());
  second.send(get("/later") + ahead);
  EXPECT_EQ(second.read_to_end(), "");
  const auto answer_first = [&] {
    const std::lock_guard lock(mutex);
    waiting.front()(HttpResponse::text(200, ""));
  };
  answer_first();
  EXPECT_EQ(status_of(first.read_response()), 200);
  for (std::size_t i = 0; i < ahead.size() / get("/unknown").size(); ++i) {
    EXPECT_EQ(status_of(first.read_response()), 404);
  }
  Client third(server->port());  // what was counted is free again
  third.send(get("/later") + ahead);
  while (true) {
    const std::lock_guard lock(mutex);
    if (waiting.size() == 3) break;
  }
  const std::lock_guard lock(mutex);
  waiting.back()(HttpResponse::text(200, ""));
  EXPECT_EQ(status_of(third.read_response()), 200);
}

TEST(HttpServerLimits, RefusesLongBodiesBeforeAndWhileTheyCome) {
  auto server = serve_echo();
  Client announced(server->port());
  announced.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(status_of(announced.read_to_end()), 413);
  Client chunked(server->port());
  chunked.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n" +
               std::string(1001, 'x'));
  EXPECT_EQ(status_of(chunked.read_to_end()), 413);
  Client fits(server->port());
  fits.send(post("/echo", std::string(1000, 'x')));
  EXPECT_EQ(status_of(fits.read_response()), 200);
}

TEST(HttpServerLimits, TheClientOfARefusedUploadReadsTheAnswer) {
  auto server = serve_echo();
  Client client(server->port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(300000, 'x'));
  EXPECT_EQ(status_of(client.read_to_end()), 413);
}

TEST(HttpServerLimits, ClosesSilentConnectionsAtTheHeadTimeout) {
  ServerOptions options;
  options.head_timeout_ms = 200;
  auto server = serve_echo(options);
  std::vector<Client> silent;
  for (int i = 0; i < 400; ++i) silent.emplace_back(server->port());
  Client working(server->port());
  working.send(get("/echo/x"));
  EXPECT_EQ(status_of(working.read_response()), 200);
  for (auto& client : silent) EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServerLimits, ClosesSlowHeadsAndSlowBodiesWith408) {
  ServerOptions options;
  options.head_timeout_ms = 150;
  options.body_window_ms = 150;
  auto server = serve_echo(options);
  Client head(server->port());
  head.send("GET /echo/x HTTP/1.1\r\nHost: ");
  EXPECT_EQ(status_of(head.read_to_end()), 408);
  Client body(server->port());
  body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhalf");
  EXPECT_EQ(status_of(body.read_to_end()), 408);
}

TEST(HttpServerLimits, ClosesAConnectionThatStaysIdle) {
  ServerOptions options;
  options.keep_alive_timeout_ms = 100;
  auto server = serve_echo(options);
  Client client(server->port());
  client.send(get("/echo/x"));
  EXPECT_EQ(status_of(client.read_to_end()), 200);
}

TEST(HttpServerLimits, AnAnswerAfterTheServersEndIsDropped) {
  Signal signal;
  std::optional<Responder> waiting;
  Router router;
  router.add(Method::get, "/", [&](const HttpRequest&, Responder respond) {
    signal.change([&] { waiting = std::move(respond); });
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send(get("/"));
  ASSERT_TRUE(signal.wait([&] { return waiting.has_value(); }));
  server.reset();
  (*waiting)(HttpResponse::text(200, "late"));
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServerLimits, AClientThatNeverReadsIsClosedAndBoundsWhatWaits) {
  ServerOptions options;
  options.write_timeout_ms = 300;
  Router router;
  router.add(Method::get, "/", [](const HttpRequest&, Responder respond) {
    respond(HttpResponse::text(200, std::string(500'000, 'x')));
  });
  auto server = serve(std::move(router), options);
  Client client(server->port(), 4096);
  std::string many;
  for (int i = 0; i < 500; ++i) many += get("/");
  client.send(many);
  Client other(server->port());
  other.send(get("/"));
  EXPECT_EQ(status_of(other.read_response()), 200);
  while (server->metrics().timeouts == 0) std::this_thread::yield();
  EXPECT_LT(server->metrics().requests, 100u);
}

TEST(HttpServerLimits, SaysWhyItCannotListen) {
  auto first = serve_echo();
  for (const unsigned threads : {1U, 2U}) {
    ServerOptions options;
    options.threads = threads;
    options.listen = {"127.0.0.1:" + std::to_string(first->port())};
    const auto second = HttpServer::start(options, Router());
    ASSERT_FALSE(second.has_value());
    EXPECT_NE(second.error().message.find("another program listens"), std::string::npos);
  }
  // Also when the first one shares its port between its own threads.
  ServerOptions shared;
  shared.threads = 2;
  auto sharing = serve_echo(shared);
  shared.listen = {"127.0.0.1:" + std::to_string(sharing->port())};
  EXPECT_FALSE(HttpServer::start(shared, Router()).has_value());
  for (const char* bad : {"8000", "nowhere:80", "127.0.0.1:99999", "[::1:80", "127.0.0.1:"}) {
    ServerOptions options;
    options.listen = {bad};
    const auto server = HttpServer::start(options, Router());
    ASSERT_FALSE(server.has_value()) << bad;
    EXPECT_EQ(server.error().code, ErrorCode::invalid);
  }
}

TEST(HttpServerLimits, ListensOnBothFamiliesOfLocalhost) {
  ServerOptions options;
  options.listen = {"localhost:0"};
  auto server = HttpServer::start(options, Router());
  ASSERT_TRUE(server.has_value());
  EXPECT_NE((*server)->port(), 0);
  Client client((*server)->port());
  client.send(get("/"));
  EXPECT_EQ(status_of(client.read_response()), 404);
}

TEST(HttpServerLimits, DrainFinishesRequestsAndClosesIdleConnections) {
  Signal signal;
  std::optional<Responder> waiting;
  Router router;
  router.add(Method::get, "/", [&](const HttpRequest&, Responder respond) {
    signal.change([&] { waiting = std::move(respond); });
  });
  auto server = serve(std::move(router));
  const auto port = server->port();
  Client idle(port);
  Client busy(port);
  busy.send(get("/"));
  ASSERT_TRUE(signal.wait([&] { return waiting.has_value(); }));
  std::thread drainer([&] { server->drain(std::chrono::seconds(10)); });
  EXPECT_EQ(idle.read_to_end(), "");
  (*waiting)(HttpResponse::text(200, "finished"));
  const auto response = busy.read_to_end();
  EXPECT_EQ(body_of(response), "finished");
  EXPECT_NE(response.find("Connection: close"), std::string::npos);
  busy.close();
  drainer.join();
  EXPECT_EQ(server->metrics().open_connections, 0);
}

TEST(HttpServerLimits, DrainCutsWhatDoesNotFinishInTime) {
  Signal signal;
  std::optional<Responder> waiting;
  bool was_aborted = false;
  Router router;
  router.add(Method::get, "/", [&](const HttpRequest&, Responder respond) {
    respond.on_abort([&] { was_aborted = true; });
    signal.change([&] { waiting = std::move(respond); });
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send(get("/"));
  ASSERT_TRUE(signal.wait([&] { return waiting.has_value(); }));
  server->drain(std::chrono::milliseconds(50));
  EXPECT_TRUE(was_aborted);
  EXPECT_EQ(client.read_to_end(), "");
}

}  // namespace
}  // namespace parlor::net
