// What a session's requests are answered: CORS, admission, compression, and polls that land on
// another shard than their session's.
#include <gmock/gmock.h>

#include <atomic>

#include "realtime/test_support.h"

namespace parlor::realtime {
namespace {

using net::testing::Client;
using net::testing::get;
using net::testing::handshake;
using net::testing::post;
using testing::body_of;
using ::testing::HasSubstr;
using testing::kPath;
using ::testing::Not;
using testing::PollingClient;
using testing::status_of;
using testing::WebSocketClient;

const std::string kPolling = std::string(kPath) + "polling";

class EngineRequests : public testing::RealtimeTest {
 protected:
  void serve(const Options& options, unsigned threads = 1, net::ServerOptions net_options = {}) {
    make(options);
    start(threads, std::move(net_options));
  }
  std::string fetch(std::string_view path, std::string_view headers = "") {
    Client client(port);
    client.send(get(path, headers));
    return client.read_response();
  }
  std::string ask(std::string_view bytes) {
    Client client(port);
    client.send(bytes);
    return client.read_response();
  }
};

std::string preflight(std::string_view path) {
  return "OPTIONS " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nOrigin: https://shop.example\r\n"
         "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-a\r\n\r\n";
}

constexpr std::string_view kShop = "Origin: https://shop.example\r\n";
constexpr std::string_view kOther = "Origin: https://other.example\r\n";

TEST_F(EngineRequests, ListedOriginsMayRead) {
  Options options;
  options.engine.cors_origins = {"https://shop.example", "https://second.example"};
  options.engine.cors_credentials = true;
  serve(options);
  const auto listed = fetch(kPolling, kShop);
  EXPECT_THAT(listed, HasSubstr("Access-Control-Allow-Origin: https://shop.example\r\n"));
  EXPECT_THAT(listed, HasSubstr("Access-Control-Allow-Credentials: true\r\n"));
  EXPECT_THAT(listed, HasSubstr("Vary: Origin\r\n"));
  const auto unlisted = fetch(kPolling, kOther);
  EXPECT_THAT(unlisted, Not(HasSubstr("Access-Control-Allow")));
  EXPECT_THAT(unlisted, HasSubstr("Vary: Origin\r\n"));
  EXPECT_THAT(fetch(kPolling), Not(HasSubstr("Access-Control-Allow")));
}

TEST_F(EngineRequests, AnybodyMayRead) {
  Options options;
  options.engine.cors_origins = {"*"};
  serve(options);
  EXPECT_THAT(fetch(kPolling, kShop), HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  // Errors and answers to POST too: a browser tells its page neither otherwise.
  const auto unknown = fetch(kPolling + "&sid=AAAAAAAAAAAAAAAAAAAAAAAA", kShop);
  EXPECT_EQ(status_of(unknown), 400);
  EXPECT_THAT(unknown, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  PollingClient client(port);
  EXPECT_THAT(ask(post(client.path(), "40", kShop)),
              HasSubstr("Access-Control-Allow-Origin: *\r\n"));
  client.start_poll(kShop);
  EXPECT_THAT(client.polls.read_response(), HasSubstr("Access-Control-Allow-Origin: *\r\n"));
}

TEST_F(EngineRequests, AnybodyWithCredentialsIsNamed) {
  Options options;
  options.engine.cors_origins = {"*"};
  options.engine.cors_credentials = true;
  serve(options);
  const auto answer = fetch(kPolling, kOther);
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Origin: https://other.example\r\n"));
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Credentials: true\r\n"));
}

TEST_F(EngineRequests, WithoutOriginsNobodyElseMayRead) {
  serve({});
  EXPECT_THAT(fetch(kPolling, kShop), Not(HasSubstr("Access-Control")));
  const auto answer = ask(preflight(kPolling));
  EXPECT_EQ(status_of(answer), 204);
  EXPECT_THAT(answer, Not(HasSubstr("Access-Control")));
}

TEST_F(EngineRequests, PreflightsAreAnsweredBeforeTheSessionIsLookedUp) {
  Options options;
  options.engine.cors_origins = {"https://shop.example"};
  options.engine.allow_request = [](const net::HttpRequest&) { return false; };
  serve(options);
  const auto answer = ask(preflight(kPolling + "&sid=unknown"));
  EXPECT_EQ(status_of(answer), 204);
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Origin: https://shop.example\r\n"));
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Methods: GET,POST\r\n"));
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Headers: x-a\r\n"));
}

TEST_F(EngineRequests, AnUpgradeIsAnsweredWithTheHeadersOfCors) {
  Options options;
  options.engine.cors_origins = {"*"};
  serve(options);
  Client client(port);
  client.send(handshake(std::string(kPath) + "websocket"));
  const auto answer = client.read_response(false);
  EXPECT_EQ(status_of(answer), 101);
  EXPECT_THAT(answer, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
}

TEST_F(EngineRequests, FailedUpgradesGetAPlain400AndTheEnd) {
  serve({});
  for (const std::string_view query :
       {"EIO=4&transport=websocket&sid=unknown", "EIO=3&transport=websocket",
        "EIO=4&transport=polling", "EIO=4&transport=pigeon", ""}) {
    Client client(port);
    client.send(handshake("/socket.io/?" + std::string(query)));
    const auto answer = client.read_to_end();
    EXPECT_EQ(status_of(answer), 400) << query;
    EXPECT_THAT(body_of(answer), HasSubstr("\"code\":")) << query;
  }
}

TEST_F(EngineRequests, TheApplicationMayRefuseASession) {
  Options options;
  options.engine.allow_request = [](const net::HttpRequest& request) {
    return request.header("X-Word") == "sesame";
  };
  serve(options);
  const auto refused = fetch(kPolling);
  EXPECT_EQ(status_of(refused), 403);
  EXPECT_EQ(body_of(refused), R"({"code":4,"message":"Forbidden"})");
  EXPECT_EQ(status_of(fetch(kPolling, "X-Word: sesame\r\n")), 200);
  EXPECT_EQ(status_of(ask(handshake(std::string(kPath) + "websocket"))), 400);
  EXPECT_EQ(io->engine_metrics().sessions_opened, 1U);
}

TEST_F(EngineRequests, NoMoreSessionsOpenThanAllowed) {
  Options options;
  options.engine.maximum_sessions = 1;
  serve(options);
  const PollingClient first(port);
  EXPECT_EQ(status_of(fetch(kPolling)), 503);
  EXPECT_EQ(status_of(ask(handshake(std::string(kPath) + "websocket"))), 503);
}

TEST_F(EngineRequests, LargeAnswersToPollsAreCompressedForThoseWhoAskForIt) {
  serve({});
  const std::string text(5'000, 'x');
  const std::string expected = R"(42["m",")" + text + R"("])";
  PollingClient client(port);
  client.connect();
  io->emit("m", text);
  settle();
  client.start_poll("Accept-Encoding: gzip, br\r\n");
  const auto packed = client.polls.read_response();
  EXPECT_THAT(packed, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(packed, HasSubstr("Accept-Encoding\r\n"));  // Vary
  EXPECT_EQ(body_of(packed), net::gzip(expected).value());
  io->emit("m", text);
  settle();
  EXPECT_EQ(client.poll(), expected);
  io->emit("m", "short");
  settle();
  client.start_poll("Accept-Encoding: gzip\r\n");
  EXPECT_THAT(client.polls.read_response(), Not(HasSubstr("Content-Encoding")));
}

TEST_F(EngineRequests, BodiesThatAreTooLargeAreRefusedAndTheSessionLives) {
  Options options;
  options.engine.engine.maximum_payload = 100;
  serve(options);
  PollingClient client(port);
  const auto answer = ask(post(client.path(), "4" + std::string(200, 'x')));
  EXPECT_EQ(status_of(answer), 413);
  client.connect();
}

// ---- POSTs whose body does not come ------------------------------------------------------------

constexpr std::string_view kHalfABody = " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n42[";

class HalfPosts : public EngineRequests, public ::testing::WithParamInterface<unsigned> {};
INSTANTIATE_TEST_SUITE_P(, HalfPosts, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(HalfPosts, EndTheSessionWhenTheClientGoes) {
  serve({}, GetParam());
  for (int i = 0; i < 8; ++i) {  // on this and on that shard
    const PollingClient client(port);
    Client poster(port);
    poster.send("POST " + client.path() + std::string(kHalfABody));
    settle();
    poster.close();
    ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 0; }));
    EXPECT_EQ(status_of(fetch(client.path())), 400);
  }
}

TEST_P(HalfPosts, EndTheSessionInTime) {
  net::ServerOptions options;
  options.body_window_ms = 50;
  serve({}, GetParam(), options);
  PollingClient client(port);
  client.posts.send("POST " + client.path() + std::string(kHalfABody));
  EXPECT_EQ(status_of(client.posts.read_response()), 408);
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 0; }));
}

TEST_P(HalfPosts, AreNoneWhenRefusedForTheirHead) {
  serve({}, GetParam());
  PollingClient client(port);
  Client poster(port);
  auto wrong = client.path();
  wrong.replace(wrong.find("EIO=4"), 5, "EIO=9");
  poster.send("POST " + wrong + std::string(kHalfABody));
  settle();
  poster.close();
  settle();
  client.connect();
}

// ---- relayed requests --------------------------------------------------------------------------

class Relayed : public EngineRequests {
 protected:
  void SetUp() override {
    make().on("echo", [](Socket& socket, Event& event) { socket.emit("echo", event.arguments()); });
    start(2);
  }
  // Connections of both shards, whichever the kernel chose: some of them are relayed.
  static constexpr int kTries = 12;
};

TEST_F(Relayed, PollsAndPostsReachTheirSessionFromAnyConnection) {
  PollingClient client(port);
  client.connect();
  for (int i = 0; i < kTries; ++i) {
    const auto packet = R"(42["echo",)" + std::to_string(i) + "]";
    Client poll(port);
    poll.send(get(client.path()));
    EXPECT_EQ(status_of(ask(post(client.path(), packet))), 200);
    EXPECT_EQ(body_of(poll.read_response()), packet);
  }
}

TEST_F(Relayed, PollsThatAreAbortedEndTheirSession) {
  for (int i = 0; i < kTries; ++i) {
    const PollingClient client(port);
    Client poll(port);
    poll.send(get(client.path()));
    if (i % 2 == 0) settle();  // else the end comes together with the request
    if (i % 4 < 2) {
      poll.close();
    } else {
      poll.reset();
    }
    // A reset may take the request with it, before the server has seen it: as if never sent.
    if (i % 4 == 3) continue;
    ASSERT_TRUE(eventually([&] { return status_of(ask(post(client.path(), "3"))) == 400; })) << i;
  }
}

TEST_F(Relayed, TwoPollsAtOnceOverAnyConnectionsEndTheSession) {
  for (int i = 0; i < kTries; ++i) {
    const PollingClient client(port);
    Client first(port), second(port);
    first.send(get(client.path()));
    second.send(get(client.path()));
    auto ended = first.read_response();
    auto refused = second.read_response();
    if (status_of(ended) == 400) std::swap(ended, refused);  // came second
    EXPECT_EQ(status_of(refused), 400);
    EXPECT_EQ(body_of(ended), "1");
  }
}

TEST_F(Relayed, UpgradesMoveToTheirSession) {
  for (int i = 0; i < kTries; ++i) {
    PollingClient client(port);
    client.connect();
    Client upgrade(port);
    upgrade.send(handshake(std::string(kPath) + "websocket&sid=" + client.session));
    ASSERT_EQ(status_of(upgrade.read_response(false)), 101);
    upgrade.send(net::testing::text_frame("2probe"));
    EXPECT_EQ(upgrade.read_frame().payload, "3probe");
    upgrade.send(net::testing::text_frame("5") + net::testing::text_frame(R"(42["echo",1])"));
    EXPECT_EQ(upgrade.read_frame().payload, R"(42["echo",1])");
    // Polling is over, and so is the place for a second WebSocket.
    EXPECT_THAT(fetch(client.path()), HasSubstr(R"("code":3)"));
    Client second(port);
    second.send(handshake(std::string(kPath) + "websocket&sid=" + client.session));
    ASSERT_EQ(status_of(second.read_response(false)), 101);
    EXPECT_EQ(second.read_frame().opcode, 8);
    upgrade.send(net::testing::text_frame(R"(42["echo",2])"));
    EXPECT_EQ(upgrade.read_frame().payload, R"(42["echo",2])");
  }
}

TEST_F(Relayed, PollsSentBehindTheEndOfAnUpgradeAreRefused) {
  constexpr int kRaces =
      400;  // one in forty of them was answered before the upgrade's end was read
  for (int i = 0; i < kRaces; ++i) {
    PollingClient client(port);
    client.connect();
    Client upgrade(port), late(port);
    upgrade.send(handshake(std::string(kPath) + "websocket&sid=" + client.session));
    ASSERT_EQ(status_of(upgrade.read_response(false)), 101);
    upgrade.send(net::testing::text_frame("2probe"));
    ASSERT_EQ(upgrade.read_frame().payload, "3probe");
    upgrade.send(net::testing::text_frame("5"));
    late.send(get(client.path()));
    ASSERT_EQ(status_of(late.read_response()), 400) << i;
  }
}

}  // namespace
}  // namespace parlor::realtime
