#include "dialects/conversation/errors.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace parlor::dialects::conversation {
namespace {

TEST(ConversationErrors, EachCodeHasItsStatusAndBody) {
  const std::pair<ErrorCode, int> kStatuses[] = {
      {ErrorCode::invalid, 400},    {ErrorCode::unauthenticated, 401},
      {ErrorCode::forbidden, 403},  {ErrorCode::not_found, 404},
      {ErrorCode::conflict, 409},   {ErrorCode::gone, 410},
      {ErrorCode::too_large, 413},  {ErrorCode::rate_limited, 429},
      {ErrorCode::unavailable, 503}};
  for (const auto& [code, status] : kStatuses) {
    const auto response = encode_error({code, "what to do"});
    EXPECT_EQ(response.status, status);
    const auto body = boost::json::parse(response.body);
    EXPECT_EQ(body.at("success"), boost::json::value(false));
    EXPECT_EQ(body.at("message"), boost::json::value("what to do"));
  }
}

TEST(ConversationErrors, TheDocumentedNamesAreUsed) {
  const auto name = [](ErrorCode code, std::string message) {
    return boost::json::parse(encode_error({code, std::move(message)}).body).at("error");
  };
  EXPECT_EQ(name(ErrorCode::unauthenticated, "x"), boost::json::value("Unauthorized"));
  EXPECT_EQ(name(ErrorCode::forbidden, "Not assigned to room"), boost::json::value("Forbidden"));
  EXPECT_EQ(name(ErrorCode::not_found, "Room not found"), boost::json::value("Room not found"));
}

TEST(ConversationErrors, RetryAfterIsInWholeSecondsRoundedUp) {
  const auto response =
      encode_error({ErrorCode::rate_limited, "slow down", std::chrono::milliseconds(1001)});
  EXPECT_EQ(response.headers.get("Retry-After"), "2");
}

}  // namespace
}  // namespace parlor::dialects::conversation
