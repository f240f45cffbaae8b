#include "dialects/order/order_fields.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "dialects/order/iso_time.h"

namespace parlor::dialects::order {
namespace {

namespace json = boost::json;

TEST(OrderFields, AnIdIsAStringOrAWholeNumber) {
  const auto value =
      json::parse(R"({"a":"x","b":141,"c":18446744073709551615,"d":2.0,"e":1.5,"f":true,"g":""})");
  const auto& object = value.as_object();
  const auto read = [&](std::string_view name) {
    JsonFields fields(object);
    const auto text = optional_id(fields, name);
    return fields.complaint() ? *fields.complaint() : text;
  };
  EXPECT_EQ(read("a"), "x");
  EXPECT_EQ(read("b"), "141");
  EXPECT_EQ(read("c"), "18446744073709551615");
  EXPECT_EQ(read("d"), "2");
  EXPECT_EQ(read("e"), "e must be a string or a whole number");
  EXPECT_EQ(read("f"), "f must be a string or a whole number");
  EXPECT_EQ(read("absent"), "");
  JsonFields fields(object);
  required_id(fields, "g");
  EXPECT_EQ(fields.complaint(), "g is required");
}

TEST(OrderFields, WhatIsTooLongIsNamed) {
  json::object object{{"username", std::string(chat::kMaxOrderPersonCharacters + 1, 'x')},
                      {"user_type", "user"},
                      {"user_id", 1}};
  JsonFields fields(object);
  read_person(fields);
  EXPECT_EQ(fields.complaint(), "username must have at most 255 characters");
}

TEST(OrderFields, ATimeHasAZoneAndMayHaveAPartOfASecond) {
  constexpr std::int64_t kSecond = 1'679'651'613'000;
  const auto read = [](std::string_view text) {
    return parse_iso8601(text).value_or(Timestamp{}).ms;
  };
  EXPECT_EQ(read("2023-03-24T09:53:33.984Z"), kSecond + 984);
  EXPECT_EQ(read("2023-03-24T09:53:33Z"), kSecond);
  EXPECT_EQ(read("2023-03-24T09:53:33.9Z"), kSecond + 900);
  EXPECT_EQ(read("2023-03-24T09:53:33.984567Z"), kSecond + 984);
  EXPECT_EQ(read("2023-03-24T09:53:33+00:00"), kSecond);
  EXPECT_EQ(read("2023-03-24T11:53:33.984+02:00"), kSecond + 984);
  EXPECT_EQ(read("2023-03-24T15:23:33+0530"), kSecond);
  EXPECT_EQ(read("2023-03-23T23:53:33.5-10:00"), kSecond + 500);
  for (const char* text :
       {"", "Z", "2023-03-24", "2023-03-24T09:53:33", "2023-02-30T09:53:33Z",
        "2023-03-24T24:00:00Z", "2023-03-24T09:53:33.Z", "2023-03-24T09:53:33.1234567890Z",
        "2023-03-24T09:53:33.9", "2023-03-24T09:53:33+02", "2023-03-24T09:53:33+24:00",
        "2023-03-24T09:53:33+02:60", "2023-03-24T09:53:33+02:00Z", "2023-03-24T09:53:33+",
        "yesterday"}) {
    EXPECT_FALSE(parse_iso8601(text)) << text;
  }
}

}  // namespace
}  // namespace parlor::dialects::order
