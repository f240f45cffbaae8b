// HTTP over real sockets.
#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <thread>

#include "net/test_support.h"

namespace parlor::net {
namespace {

using namespace testing;
namespace fs = std::filesystem;

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

TEST(HttpServer, AnswersManyRequestsOnOneConnection) {
  auto server = serve_echo();
  Client client(server->port());
  for (int i = 0; i < 50; ++i) {
    client.send(get("/echo/" + std::to_string(i)));
    const auto response = client.read_response();
    EXPECT_EQ(status_of(response), 200);
    EXPECT_EQ(body_of(response), "GET /echo/" + std::to_string(i) + " ");
  }
  EXPECT_EQ(server->metrics().accepted, 1u);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrderAlsoWhenHandledElsewhere) {
  std::vector<std::thread> threads;
  std::mutex mutex;
  Router router;
  router.add(Method::get, "/:n", [&](HttpRequest request, Responder respond) {
    const auto n = std::stoi(request.path.substr(1));
    if (n % 3 != 0) return respond(HttpResponse::text(200, request.path));
    const std::lock_guard lock(mutex);
    threads.emplace_back([path = request.path, answer = std::move(respond)]() mutable {
      answer(HttpResponse::text(200, path));
    });
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  std::string all;
  for (int i = 0; i < 60; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(body_of(client.read_response()), "/" + std::to_string(i));
  for (auto& thread : threads) thread.join();
}

TEST(HttpServer, UnderstandsRequestsHoweverTheyAreCut) {
  auto server = serve_echo();
  const std::string stream = post("/echo", "first") +
                             "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n" +
                             get("/echo/last");
  std::mt19937 random(1);
  for (int round = 0; round < 40; ++round) {
    Client client(server->port());
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % 30, stream.size() - at);
      client.send(stream.substr(at, size));
      at += size;
    }
    EXPECT_EQ(body_of(client.read_response()), "POST /echo first");
    EXPECT_EQ(body_of(client.read_response()), "POST /echo abc0123456789");
    EXPECT_EQ(body_of(client.read_response()), "GET /echo/last ");
  }
}

TEST(HttpServer, TellsUnknownPathsAndMethods) {
  auto server = serve_echo();
  Client client(server->port());
  client.send(get("/nowhere"));
  EXPECT_EQ(status_of(client.read_response()), 404);
  client.send("DELETE /echo/x HTTP/1.1\r\nHost: a\r\n\r\n");
  auto response = client.read_response();
  EXPECT_EQ(status_of(response), 405);
  EXPECT_NE(response.find("Allow: GET, HEAD, OPTIONS\r\n"), std::string::npos) << response;
  client.send("OPTIONS /echo/x HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(status_of(client.read_response()), 204);
  client.send("HEAD /echo/x HTTP/1.1\r\nHost: a\r\n\r\n");
  response = client.read_response(false);
  EXPECT_NE(response.find("Content-Length: 13\r\n"), std::string::npos) << response;
  client.send(get("/echo/still-in-step"));
  EXPECT_EQ(body_of(client.read_response()), "GET /echo/still-in-step ");
}

TEST(HttpServer, UsesTheApplicationsErrorBodiesAndHeaders) {
  ServerOptions options;
  options.error_response = [](int status, const HttpRequest& request) {
    return HttpResponse::json(status, "{\"path\":\"" + request.path + "\"}");
  };
  options.response_headers = [](const HttpRequest& request, Headers& headers) {
    headers.add("Access-Control-Allow-Origin", std::string(request.origin()));
  };
  Router router;
  router.add(Method::get, "/dropped", [](const HttpRequest&, Responder) {});
  router.add(Method::get, "/thrown", [](const HttpRequest&, const Responder&) {
    throw std::runtime_error("a fault of this test");
  });
  auto server = serve(std::move(router), std::move(options));
  Client client(server->port());
  for (const auto& [path, status] :
       {std::pair{"/dropped", 500}, {"/thrown", 500}, {"/missing", 404}}) {
    client.send(get(path, "Origin: https://a.example\r\n"));
    const auto response = client.read_response();
    EXPECT_EQ(status_of(response), status);
    EXPECT_EQ(body_of(response), std::string("{\"path\":\"") + path + "\"}");
    EXPECT_NE(response.find("Access-Control-Allow-Origin: https://a.example"), std::string::npos);
  }
}

TEST(HttpServer, TellsTheApplicationWhatCanBeReadOfABadPath) {
  ServerOptions options;
  options.error_response = [](int status, const HttpRequest& request) {
    return HttpResponse::json(status, request.path);
  };
  auto server = serve(Router(), std::move(options));
  for (const auto* path : {"/a%20b/%zz/c?%zz", "/a%20b/%ff", "/a%20b/%00", "http://x/a%20b/%f"}) {
    Client client(server->port());
    client.send(get(path));
    const auto response = client.read_response();
    EXPECT_EQ(status_of(response), 400) << path;
    EXPECT_EQ(body_of(response), "/a b/") << path;
  }
}

TEST(HttpServer, AHeaderValueCannotBecomeAHeader) {
  Router router;
  router.add(Method::get, "/", [](const HttpRequest&, Responder respond) {
    respond(HttpResponse::redirect(302, "/a\r\nSet-Cookie: x=y"));
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send(get("/"));
  EXPECT_EQ(client.read_response().find("\r\nSet-Cookie"), std::string::npos);
}

TEST(HttpServer, HonoursConnectionCloseAndHttp10) {
  auto server = serve_echo();
  Client closing(server->port());
  closing.send(get("/echo/x", "Connection: close\r\n"));
  EXPECT_EQ(status_of(closing.read_to_end()), 200);
  Client old(server->port());
  old.send("GET /echo/x HTTP/1.0\r\n\r\n");
  EXPECT_EQ(status_of(old.read_to_end()), 200);
}

TEST(HttpServer, AnswersExpectContinue) {
  auto server = serve_echo();
  Client client(server->port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_response(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(body_of(client.read_response()), "POST /echo ok");
}

TEST(HttpServer, AnswersAClientThatHasShutDownItsHalf) {
  Signal signal;
  std::optional<Responder> waiting;
  Router router;
  router.add(Method::get, "/", [&](const HttpRequest&, Responder respond) {
    signal.change([&] { waiting = std::move(respond); });
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send(get("/"));
  client.shut_down_writing();
  ASSERT_TRUE(signal.wait([&] { return waiting.has_value(); }));
  (*waiting)(HttpResponse::text(200, "answer"));
  EXPECT_EQ(body_of(client.read_to_end()), "answer");
}

TEST(HttpServer, TellsALongPollThatItsClientHasGone) {
  Signal signal;
  std::optional<Responder> waiting;
  int aborts = 0;
  Router router;
  router.add(Method::get, "/poll", [&](const HttpRequest&, Responder respond) {
    respond.on_abort([&] { signal.change([&] { ++aborts; }); });
    signal.change([&] { waiting = std::move(respond); });
  });
  auto server = serve(std::move(router));
  for (int round = 1; round <= 2; ++round) {
    Client client(server->port());
    client.send(get("/poll"));
    ASSERT_TRUE(signal.wait([&] { return waiting.has_value(); }));
    round == 1 ? client.close() : client.reset();
    ASSERT_TRUE(signal.wait([&] { return aborts == round; }));
    EXPECT_TRUE(waiting->client_gone());
    (*waiting)(HttpResponse::text(200, "too late"));
    waiting.reset();
  }
}

TEST(HttpServer, LargeBodiesArriveWholeAtASlowReader) {
  std::string large(3'000'000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
  Router router;
  router.add(Method::get, "/large", [&](const HttpRequest&, Responder respond) {
    respond(HttpResponse::text(200, large));
  });
  auto server = serve(std::move(router));
  Client client(server->port(), 4096);
  for (int i = 0; i < 3; ++i) client.send(get("/large"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(body_of(client.read_response()), large);
}

TEST(HttpServer, StreamsFilesAndRangesOfThem) {
  char name[] = "/tmp/parlor-file-XXXXXX";
  const int file = ::mkstemp(name);
  std::string content(1'000'000, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i % 26);
  ASSERT_EQ(::write(file, content.data(), content.size()), 1'000'000);
  ::close(file);
  Router router;
  router.add(Method::get, "/file", [&](const HttpRequest&, Responder respond) {
    respond(HttpResponse::file(name, "audio/webm"));
  });
  auto server = serve(std::move(router));
  Client client(server->port(), 8192);
  client.send(get("/file") + get("/file", "Range: bytes=10-19\r\n") +
              get("/file", "Range: bytes=-5\r\n") + get("/file", "Range: bytes=999990-\r\n") +
              get("/file", "Range: bytes=1000000-\r\n") + "HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(body_of(client.read_response()), content);
  auto response = client.read_response();
  EXPECT_EQ(status_of(response), 206);
  EXPECT_EQ(body_of(response), content.substr(10, 10));
  EXPECT_NE(response.find("Content-Range: bytes 10-19/1000000"), std::string::npos);
  EXPECT_EQ(body_of(client.read_response()), content.substr(999'995));
  EXPECT_EQ(body_of(client.read_response()), content.substr(999'990));
  EXPECT_EQ(status_of(client.read_response()), 416);
  EXPECT_NE(client.read_response(false).find("Content-Length: 1000000"), std::string::npos);
  ::unlink(name);
  client.send(get("/file"));
  EXPECT_EQ(status_of(client.read_response()), 404);
}

TEST(HttpServer, StreamsUploadsToFilesAndDeletesThoseThatAreCutOff) {
  char name[] = "/tmp/parlor-uploads-XXXXXX";
  const std::string directory = ::mkdtemp(name);
  const auto is_empty = [&] {
    return fs::directory_iterator(directory) == fs::directory_iterator();
  };
  ServerOptions options;
  options.temporary_directory = directory;
  Router router;
  router.add(Method::post, "/upload",
             [](HttpRequest request, Responder respond) {
               const FormPart* file = request.form ? request.form->find("file") : nullptr;
               respond(HttpResponse::text(
                   200, file ? std::to_string(fs::file_size(file->temporary_path)) : "no form"));
             },
             {.max_body_bytes = 5'000'000, .body_mode = BodyMode::multipart_files});
  auto server = serve(std::move(router), options);
  const std::string body =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n" +
      std::string(2'000'000, 'z') + "\r\n--B--\r\n";
  const std::string type = "Content-Type: multipart/form-data; boundary=B\r\n";
  Client client(server->port());
  client.send(post("/upload", body, type));
  EXPECT_EQ(body_of(client.read_response()), "2000000");
  client.send(post("/upload", "plain"));
  EXPECT_EQ(body_of(client.read_response()), "no form");
  EXPECT_TRUE(is_empty());

  Client cut_off(server->port());
  cut_off.send(post("/upload", body, type).substr(0, 1'000'000));
  while (is_empty()) std::this_thread::yield();
  cut_off.close();
  while (!is_empty()) std::this_thread::yield();

  Client too_large(server->port());
  too_large.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + type +
                 "\r\nFFFFFF\r\n" + body.substr(0, body.size() - 8) + std::string(4'000'000, 'z'));
  EXPECT_EQ(status_of(too_large.read_to_end()), 413);
  EXPECT_TRUE(is_empty());
  Client malformed(server->port());
  malformed.send(post("/upload", "no boundary", "Content-Type: multipart/form-data\r\n"));
  EXPECT_EQ(status_of(malformed.read_to_end()), 400);
  server.reset();
  fs::remove_all(directory);
}

TEST(HttpServer, ShowsTheHeadBeforeTheBodyAndDropsTheTokenWhenItNeverComes) {
  Signal signal;
  int heads = 0;
  int dropped = 0;
  Router router;
  RouteOptions options;
  options.on_head = [&](const HttpRequest&) {
    signal.change([&] { ++heads; });
    return std::shared_ptr<void>(&heads, [&](void*) { signal.change([&] { ++dropped; }); });
  };
  router.add(
      Method::post, "/",
      [](const HttpRequest& request, Responder respond) {
        respond(HttpResponse::text(200, request.head_token ? "token" : "none"));
      },
      options);
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  ASSERT_TRUE(signal.wait([&] { return heads == 1; }));
  client.send("dy");
  EXPECT_EQ(body_of(client.read_response()), "token");
  ASSERT_TRUE(signal.wait([&] { return dropped == 1; }));
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  ASSERT_TRUE(signal.wait([&] { return heads == 2; }));
  client.close();
  ASSERT_TRUE(signal.wait([&] { return dropped == 2; }));
}

TEST(HttpServer, ARouteMayRefuseByTheHeadAndReadsNothingOfTheBodyThen) {
  Router router;
  RouteOptions options;
  options.refuse = [](HttpRequest& head) -> std::optional<HttpResponse> {
    if (head.header("Authorization").empty()) return HttpResponse::text(401, "who are you?");
    head.head_token = std::make_shared<int>(1);
    return std::nullopt;
  };
  router.add(
      Method::post, "/",
      [](const HttpRequest& request, Responder respond) {
        respond(HttpResponse::text(200, request.head_token ? request.body : "no token"));
      },
      options);
  auto server = serve(std::move(router));
  Client stranger(server->port());
  stranger.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  const auto refused = stranger.read_to_end();
  EXPECT_EQ(status_of(refused), 401);
  EXPECT_EQ(body_of(refused), "who are you?");
  Client client(server->port());
  client.send(post("/", "body", "Authorization: x\r\n"));
  EXPECT_EQ(body_of(client.read_response()), "body");
}

TEST(HttpServer, OnlyWhoComesStraightFromThisMachineIsLoopback) {
  Router router;
  router.add(Method::get, "/", [](const HttpRequest& request, Responder respond) {
    respond(HttpResponse::text(200, request.is_loopback ? "loopback" : "proxied"));
  });
  auto server = serve(std::move(router));
  Client client(server->port());
  client.send(get("/"));
  EXPECT_EQ(body_of(client.read_response()), "loopback");
  client.send(get("/", "X-Forwarded-For: 127.0.0.1\r\n"));
  EXPECT_EQ(body_of(client.read_response()), "proxied");
}

TEST(HttpServer, TakesTheClientsAddressFromATrustedProxy) {
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.0/8"};
  Router router;
  router.add(Method::get, "/", [](const HttpRequest& request, Responder respond) {
    respond(HttpResponse::text(200, request.client_address + (request.is_secure ? " https" : "")));
  });
  auto server = serve(std::move(router), options);
  Client client(server->port());
  client.send(get("/", "X-Forwarded-For: 6.6.6.6, 192.0.2.1\r\nX-Forwarded-Proto: https\r\n"));
  EXPECT_EQ(body_of(client.read_response()), "192.0.2.1 https");
}

}  // namespace
}  // namespace parlor::net
