#include "socketio/handshake.h"

#include <gtest/gtest.h>

namespace parlor::socketio {
namespace {

std::optional<EngineError> check(std::string_view method, std::string_view query,
                                 bool upgrade = false, AllowedTransports allowed = {}) {
  return check_request({method, query, upgrade}, parse_engine_query(query), allowed);
}

TEST(EngineHandshake, AcceptsWhatTheProtocolAllows) {
  EXPECT_FALSE(check("GET", "EIO=4&transport=polling"));
  EXPECT_FALSE(check("GET", "EIO=4&transport=websocket", true));
  EXPECT_FALSE(check("POST", "sid=x&EIO=4&transport=polling"));
  EXPECT_EQ(parse_engine_query("t=%31&sid=a%2Bb&sid=c").sid, "a+b");
}

TEST(EngineHandshake, NamesEachMistakeByItsCode) {
  EXPECT_EQ(check("GET", "EIO=4"), EngineError::transport_unknown);
  EXPECT_EQ(check("GET", "EIO=4&transport=abc"), EngineError::transport_unknown);
  EXPECT_EQ(check("GET", "EIO=4&transport=polling", false, {.polling = false}),
            EngineError::transport_unknown);
  EXPECT_EQ(check("GET", "transport=polling"), EngineError::unsupported_protocol);
  EXPECT_EQ(check("GET", "EIO=3&transport=polling"), EngineError::unsupported_protocol);
  EXPECT_EQ(check("POST", "EIO=4&transport=polling"), EngineError::bad_handshake_method);
  EXPECT_EQ(check("GET", "EIO=4&transport=websocket"), EngineError::bad_request);
  EXPECT_EQ(check("GET", "EIO=4&transport=polling", true), EngineError::bad_request);
  EXPECT_EQ(check("PUT", "sid=x&EIO=4&transport=polling"), EngineError::bad_request);
}

TEST(EngineHandshake, ErrorsHaveTheDocumentedBodies) {
  EXPECT_EQ(error_body(EngineError::session_unknown),
            R"({"code":1,"message":"Session ID unknown"})");
  EXPECT_EQ(http_status(EngineError::session_unknown), 400);
  EXPECT_EQ(http_status(EngineError::forbidden), 403);
}

}  // namespace
}  // namespace parlor::socketio
