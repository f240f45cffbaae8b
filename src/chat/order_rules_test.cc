#include "chat/order_rules.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

OrderRoom sample_room() {
  OrderRoom room;
  room.number = "52788594";
  room.order_id = "10";
  room.vendor_id = "7";
  room.order_user_id = "1";
  room.agent_id = "141";
  return room;
}

OrderMessage from(OrderUserType type) {
  OrderMessage message;
  message.author.user_type = type;
  return message;
}

TEST(OrderRules, ATypeMayBeWrittenWithEitherSign) {
  EXPECT_EQ(parse_order_room_type("agent-to-user"), OrderRoomType::agent_to_user);
  EXPECT_EQ(parse_order_room_type("user_to_user"), OrderRoomType::user_to_user);
  EXPECT_EQ(parse_order_room_type("vendor-to_user"), OrderRoomType::vendor_to_user);
  EXPECT_FALSE(parse_order_room_type("agent to user"));
  EXPECT_FALSE(parse_order_room_type(""));
}

TEST(OrderRules, ARoomIsNamedAfterItsOrder) {
  EXPECT_EQ(default_room_name(sample_room()),
            "OrderNo-52788594-orderId-10-oderVendor-7-agentId-141");
  auto vendors = sample_room();
  vendors.type = OrderRoomType::vendor_to_user;
  EXPECT_NE(default_room_name(vendors), default_room_name(sample_room()));
  vendors.agent_id.clear();
  EXPECT_EQ(default_room_name(vendors), "OrderNo-52788594-orderId-10-oderVendor-7-vendor_to_user");
}

TEST(OrderRules, AMessageGoesToTheOtherSide) {
  struct Case {
    OrderRoomType type;
    OrderUserType author;
    const char* to;
    const char* from;
  };
  for (const Case& c :
       {Case{OrderRoomType::agent_to_user, OrderUserType::agent, "to_user", "from_agent"},
        Case{OrderRoomType::agent_to_user, OrderUserType::admin, "to_user", "from_admin"},
        Case{OrderRoomType::agent_to_user, OrderUserType::user, "to_agent", "from_user"},
        Case{OrderRoomType::vendor_to_user, OrderUserType::user, "to_vendor", "from_user"},
        Case{OrderRoomType::vendor_to_user, OrderUserType::vendor, "to_user", "from_vendor"},
        Case{OrderRoomType::user_to_user, OrderUserType::user, "to_user", "from_user"}}) {
    auto room = sample_room();
    room.type = c.type;
    auto message = from(c.author);
    complete_direction(message, room);
    EXPECT_EQ(message.to_message, c.to);
    EXPECT_EQ(message.from_message, c.from);
  }
}

TEST(OrderRules, TheVendorIsWrittenToUnlessTheVendorWrites) {
  auto message = from(OrderUserType::agent);
  complete_direction(message, sample_room());
  EXPECT_EQ(message.to_id, "7");
  EXPECT_EQ(message.from_id, "1");
  auto vendors = from(OrderUserType::vendor);
  complete_direction(vendors, sample_room());
  EXPECT_EQ(vendors.to_id, "1");
  EXPECT_EQ(vendors.from_id, "7");
}

TEST(OrderRules, WhatTheAuthorSaysStays) {
  auto message = from(OrderUserType::agent);
  message.to_message = "to_everybody";
  message.chat_type = "vendor_to_user";
  message.to_id = "99";
  complete_direction(message, sample_room());
  EXPECT_EQ(message.to_message, "to_everybody");
  EXPECT_EQ(message.chat_type, "vendor_to_user");
  EXPECT_EQ(message.to_id, "99");
  EXPECT_EQ(message.from_message, "from_agent");
}

TEST(OrderRules, AnEmptyFilterMatchesEverything) {
  auto room = sample_room();
  room.sub_domain = "a.example";
  OrderRoomQuery query;
  EXPECT_TRUE(matches(room, query));
  query.sub_domain = "b.example";
  EXPECT_FALSE(matches(room, query));
  query.sub_domain = "a.example";
  query.vendor_ids = {"1", "7"};
  EXPECT_TRUE(matches(room, query));
  query.vendor_ids = {"1"};
  EXPECT_FALSE(matches(room, query));
  query.vendor_ids.clear();
  query.type = OrderRoomType::user_to_user;
  EXPECT_FALSE(matches(room, query));
}

}  // namespace
}  // namespace parlor::chat
