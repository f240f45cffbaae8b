#include "net/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "net/request_target.h"

namespace parlor::net {
namespace {

// A router whose handlers answer with the name that they were added under.
class RouterTest : public ::testing::Test {
 protected:
  static HttpHandler named(std::string name) {
    return
        [name](const HttpRequest&, Responder respond) { respond(HttpResponse::text(200, name)); };
  }
  void add(Method method, std::string_view pattern) {
    router.add(method, pattern, named(std::string(pattern)));
  }
  std::string find(Method method, std::string_view path) {
    const auto target = parse_target(path);
    match = router.find(method, target->segments);
    if (!match.route) return match.allowed.empty() ? "404" : "405 " + match.allowed;
    std::string answer;
    match.route->handler({}, Responder::to([&](HttpResponse response) { answer = response.body; }));
    return answer;
  }
  Router router;
  Router::Match match;
};

using Params = std::vector<std::pair<std::string, std::string>>;

TEST_F(RouterTest, TextWinsOverANameWhateverWasAddedFirst) {
  add(Method::get, "/room/:room_id");
  add(Method::get, "/room/id");
  EXPECT_EQ(find(Method::get, "/room/id"), "/room/id");
  EXPECT_EQ(find(Method::get, "/room/17"), "/room/:room_id");
  EXPECT_EQ(match.params, (Params{{"room_id", "17"}}));
}

TEST_F(RouterTest, ATextThatLeadsNowhereDoesNotHideAName) {
  add(Method::get, "/room/id/x");
  add(Method::get, "/room/:room_id/messages");
  add(Method::patch, "/room/assignee");
  add(Method::get, "/room/:room_id");
  EXPECT_EQ(find(Method::get, "/room/id/messages"), "/room/:room_id/messages");
  EXPECT_EQ(find(Method::get, "/room/assignee"), "/room/:room_id");
}

TEST_F(RouterTest, EachMethodNamesItsParameters) {
  add(Method::get, "/room/:room_id");
  add(Method::del, "/room/:id");
  find(Method::del, "/room/9");
  EXPECT_EQ(match.params, (Params{{"id", "9"}}));
}

TEST_F(RouterTest, AKnownPathWithAnotherMethodSaysWhatIsAllowed) {
  add(Method::get, "/room");
  add(Method::patch, "/room");
  EXPECT_EQ(find(Method::post, "/room"), "405 GET, HEAD, PATCH, OPTIONS");
  EXPECT_EQ(find(Method::post, "/rooms"), "404");
  EXPECT_EQ(find(Method::head, "/room"), "/room");
}

TEST_F(RouterTest, ASlashAtTheEndIsIgnored) {
  add(Method::get, "/room");
  router.mount("/socket.io/", named("mount"));
  EXPECT_EQ(find(Method::get, "/room/"), "/room");
  EXPECT_EQ(find(Method::post, "/socket.io"), "mount");
  EXPECT_EQ(find(Method::post, "/socket.io/?EIO=4"), "mount");
}

TEST_F(RouterTest, TheLongestMountWinsAndPatternsWinOverMounts) {
  router.mount("/", named("root"));
  router.mount("/demo", named("demo"));
  add(Method::get, "/demo/health");
  EXPECT_EQ(find(Method::get, "/demo/x"), "demo");
  EXPECT_EQ(find(Method::get, "/demonstration"), "root");
  EXPECT_EQ(find(Method::get, "/demo/health"), "/demo/health");
  EXPECT_EQ(find(Method::get, "/"), "root");
}

TEST_F(RouterTest, AMountAtTheRootDoesNotHideAWrongMethod) {
  router.mount("/", named("root"));
  add(Method::get, "/room");
  EXPECT_EQ(find(Method::del, "/room"), "405 GET, HEAD, OPTIONS");
}

TEST_F(RouterTest, AnEncodedSlashStaysInsideItsSegment) {
  add(Method::get, "/room/:room_id");
  EXPECT_EQ(find(Method::get, "/room/a%2Fb"), "/room/:room_id");
  EXPECT_EQ(match.params, (Params{{"room_id", "a/b"}}));
}

TEST_F(RouterTest, ListsWhatWasAddedAsItWasWritten) {
  add(Method::get, "/");
  add(Method::patch, "/room/");
  add(Method::post, "/room/:room_id/note/:note_id");
  add(Method::get, "/room/:id");
  add(Method::get, "/room/id");
  EXPECT_EQ(router.routes(),
            (std::vector<std::string>{"GET /", "PATCH /room", "GET /room/id", "GET /room/:id",
                                      "POST /room/:room_id/note/:note_id"}));
}

TEST_F(RouterTest, AddingTheSameTwiceIsAMistake) {
  add(Method::get, "/a");
  EXPECT_THROW(add(Method::get, "/a"), std::logic_error);
}

TEST(RequestTarget, TakesPathsAndAbsoluteForms) {
  EXPECT_EQ(parse_target("/a/b?x=1&y")->raw_query, "x=1&y");
  EXPECT_EQ(parse_target("http://h:80/a%20b#f")->path, "/a b");
  EXPECT_EQ(parse_target("http://h")->path, "/");
  EXPECT_TRUE(parse_target("*")->is_asterisk);
}

TEST(RequestTarget, RefusesWhatIsBrokenOrNotText) {
  for (const char* text : {"", "a", "/%", "/%4", "/%zz", "/%00", "/%ff", "/%c0%af", "host:443"}) {
    EXPECT_FALSE(parse_target(text).has_value()) << text;
  }
}

TEST(QueryParams, KeepsBracketsDuplicatesAndOrder) {
  const auto query =
      QueryParams::parse("filter[status]=open&filter%5Bpriority%5D=high+x&a=1&a=2&b&=c&bad=%zz");
  EXPECT_EQ(query.get("filter[status]"), "open");
  EXPECT_EQ(query.get("filter[priority]"), "high x");
  EXPECT_EQ(query.get("a"), "1");
  EXPECT_EQ(query.all().at(3), (QueryParams::Item{"a", "2"}));
  EXPECT_EQ(query.get("b"), "");
  EXPECT_EQ(query.get("bad"), "%zz");
  EXPECT_FALSE(query.get("missing").has_value());
}

}  // namespace
}  // namespace parlor::net
