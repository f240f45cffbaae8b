#include "net/static_files.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "net/gzip.h"

namespace parlor::net {
namespace {

namespace fs = std::filesystem;

class StaticFiles : public ::testing::Test {
 protected:
  StaticFiles() {
    char name[] = "/tmp/parlor-static-XXXXXX";
    base = ::mkdtemp(name);
    fs::create_directories(base / "web/sub");
    write("web/index.html", "<p>home</p>");
    write("web/sub/index.html", "<p>sub</p>");
    write("web/app.js", script);
    write("web/.secret", "no");
    write("outside.txt", "no");
    fs::create_symlink("../outside.txt", base / "web/link.txt");
    fs::create_symlink("app.js", base / "web/inner.js");
    handler = *static_files({.directory = (base / "web").string(), .prefix = "/demo/"});
  }
  ~StaticFiles() override { fs::remove_all(base); }

  void write(const std::string& name, const std::string& content) {
    std::ofstream(base / name, std::ios::binary) << content;
  }
  HttpResponse fetch(std::string path, std::vector<Headers::Field> fields = {},
                     Method method = Method::get) {
    HttpRequest request;
    request.method = method;
    request.path = std::move(path);
    for (auto& [name, value] : fields) request.headers.add(name, value);
    HttpResponse answer;
    handler(std::move(request), Responder::to([&](HttpResponse r) { answer = std::move(r); }));
    return answer;
  }

  fs::path base;
  std::string script = std::string(5000, 'a') + "// script";
  HttpHandler handler;
};

TEST_F(StaticFiles, ServesFilesAndIndexPagesWithTheirTypes) {
  EXPECT_EQ(*fetch("/demo/").shared_body, "<p>home</p>");
  EXPECT_EQ(*fetch("/demo").shared_body, "<p>home</p>");
  EXPECT_EQ(*fetch("/demo/sub/").shared_body, "<p>sub</p>");
  const auto response = fetch("/demo/app.js");
  EXPECT_EQ(*response.shared_body, script);
  EXPECT_EQ(response.headers.get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(response.headers.get("Cache-Control"), "no-cache");
}

TEST_F(StaticFiles, NothingOutsideOfTheDirectoryIsServed) {
  for (const char* path : {"/demo/../outside.txt", "/demo/sub/../../outside.txt", "/demo/link.txt",
                           "/demo/.secret", "/demo//etc/passwd", "/demo/sub/./index.html",
                           "/demo/..\\outside.txt", "/demo/missing", "/demo/app.js/x"}) {
    EXPECT_EQ(fetch(path).status, 404) << path;
  }
  EXPECT_EQ(fetch("/demo/inner.js").status, 200) << "a link that stays inside";
}

TEST_F(StaticFiles, AnswersConditionalRequests) {
  const std::string etag(fetch("/demo/app.js").headers.get("ETag"));
  EXPECT_EQ(fetch("/demo/app.js", {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(fetch("/demo/app.js", {{"If-None-Match", "\"x\", W/" + etag}}).status, 304);
  EXPECT_EQ(fetch("/demo/app.js", {{"If-None-Match", "\"x\""}}).status, 200);
  script = std::string(6000, 'b');
  write("web/app.js", script);
  const auto changed = fetch("/demo/app.js", {{"If-None-Match", etag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(*changed.shared_body, script);
}

TEST_F(StaticFiles, CompressesForThoseWhoTakeIt) {
  const auto packed = fetch("/demo/app.js", {{"Accept-Encoding", "br, gzip;q=0.8"}});
  EXPECT_EQ(packed.headers.get("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.headers.get("Vary"), "Accept-Encoding");
  EXPECT_LT(packed.shared_body->size(), 200u);
  EXPECT_NE(packed.headers.get("ETag"), fetch("/demo/app.js").headers.get("ETag"));
  EXPECT_FALSE(
      fetch("/demo/app.js", {{"Accept-Encoding", "gzip;q=0"}}).headers.has("Content-Encoding"));
  EXPECT_FALSE(fetch("/demo/", {{"Accept-Encoding", "gzip"}}).headers.has("Content-Encoding"));
}

TEST_F(StaticFiles, PrefersAFreshCompressedSibling) {
  write("web/app.js.gz", "prepared");
  EXPECT_EQ(*fetch("/demo/app.js", {{"Accept-Encoding", "gzip"}}).shared_body, "prepared");
  fs::last_write_time(base / "web/app.js.gz",
                      fs::last_write_time(base / "web/app.js") - std::chrono::hours(1));
  write("web/app.js", script + "2");
  EXPECT_NE(*fetch("/demo/app.js", {{"Accept-Encoding", "gzip"}}).shared_body, "prepared");
}

TEST_F(StaticFiles, OnlyReads) {
  EXPECT_EQ(fetch("/demo/app.js", {}, Method::post).status, 405);
  EXPECT_EQ(fetch("/demo/app.js", {}, Method::head).status, 200);
}

TEST_F(StaticFiles, AMissingDirectoryIsSaidAtTheStart) {
  EXPECT_FALSE(static_files({.directory = (base / "missing").string()}).has_value());
}

TEST(Gzip, IsAcceptedAsTheHeaderSays) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("deflate, GZIP ; q=0.5"));
  EXPECT_TRUE(accepts_gzip("*"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.0, *"));
  EXPECT_FALSE(accepts_gzip(""));
}

}  // namespace
}  // namespace parlor::net
