#include "app/markers.h"

#include <gtest/gtest.h>

#include <future>

#include "app/commit_publisher.h"
#include "app/function_job.h"
#include "chat/accounts.h"
#include "chat/agents.h"
#include "chat/inboxes.h"
#include "chat/messages.h"
#include "chat/rooms.h"
#include "chat/sessions.h"
#include "chat/support_tokens.h"
#include "support/open_store.h"
#include "support/temporary_directory.h"

namespace parlor::app {
namespace {

// A room with one message of the contact, in a real store.
class MarkersOverAStore : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = open_store(directory_.path(), clock_, listener_);
    const auto made =
        run_and_wait(*store_, store::Lane::write,
                     [this](chat::Transaction& transaction) { return make_room(transaction); });
    ASSERT_TRUE(made) << made.error().message;
  }
  void TearDown() override { store_->stop(); }

  Result<Ok> make_room(chat::Transaction& transaction) {
    const auto account = chat::create_account(transaction, {"Example"});
    if (!account) return account.failure();
    admin_ = chat::server_operator(account->id);
    chat::CreateAgent agent;
    agent.name = "Nadia";
    agent.email = "nadia@example.com";
    agent.role = chat::AgentRole::admin;
    const auto nadia = chat::create_agent(transaction, admin_, agent);
    if (!nadia) return nadia.failure();
    reader_ = chat::actor_of(*nadia);
    chat::CreateInbox inbox_input;
    inbox_input.name = "Support";
    const auto inbox = chat::create_inbox(transaction, admin_, inbox_input);
    if (!inbox) return inbox.failure();
    const auto site = chat::create_support_token(transaction, admin_, {"site", {}, {}, {}, {}});
    if (!site) return site.failure();
    chat::OpenSession visit;
    visit.device_id = "device";
    const auto session = chat::open_session(transaction, site->token, visit);
    if (!session) return session.failure();
    const auto contact =
        chat::authenticate_visitor(transaction, {site->secret, session->session_id, "device", ""});
    if (!contact) return contact.failure();
    const auto room = chat::create_user_room(transaction, *contact, {inbox->id, "hello", ""});
    if (!room) return room.failure();
    room_ = room->room.id;
    message_ = room->first_message.id;
    return Ok();
  }

  std::int64_t unread() {
    const auto detail =
        run_and_wait(*store_, store::Lane::read, [this](chat::Transaction& transaction) {
          return chat::get_room(transaction, reader_, room_);
        });
    return detail ? detail->unread : -1;
  }

  static void settle(Markers& markers, std::int64_t caller) {
    std::promise<void> settled;
    markers.settle(caller, std::nullopt, [&] { settled.set_value(); });
    settled.get_future().wait();
  }

  Markers::Mark mark() { return {Markers::Kind::read, reader_, {room_, message_}}; }

  TemporaryDirectory directory_;
  SystemClock clock_;
  QuietListener listener_;
  std::unique_ptr<store::SqliteStore> store_;
  chat::Actor admin_;
  chat::Actor reader_;
  RoomId room_;
  MessageId message_;
};

TEST_F(MarkersOverAStore, ACallerWhoHasReadSeesItInTheNextCall) {
  Markers markers(*store_);
  EXPECT_EQ(unread(), 1);
  markers.add(7, mark());
  settle(markers, 7);
  EXPECT_EQ(unread(), 0);
}

TEST_F(MarkersOverAStore, ACallerWithoutMarkersDoesNotWait) {
  Markers markers(*store_);
  markers.add(7, mark());
  bool called = false;
  markers.settle(8, std::nullopt, [&] { called = true; });
  EXPECT_TRUE(called);
  settle(markers, 7);
}

TEST_F(MarkersOverAStore, ACallAboutAnotherRoomDoesNotWait) {
  Markers markers(*store_);
  markers.add(7, mark());
  bool called = false;
  markers.settle(7, RoomId{12345}, [&] { called = true; });
  EXPECT_TRUE(called);
  std::promise<void> settled;
  markers.settle(7, room_, [&] { settled.set_value(); });
  settled.get_future().wait();
  EXPECT_EQ(unread(), 0);
}

TEST_F(MarkersOverAStore, WhatWaitsAtTheStopIsWritten) {
  Markers markers(*store_);
  markers.add(7, mark());
  markers.stop();
  settle(markers, 7);
  EXPECT_EQ(unread(), 0);
}

TEST_F(MarkersOverAStore, AMarkerThatCannotBeWrittenStopsNoOther) {
  Markers markers(*store_);
  markers.add(7, {Markers::Kind::read, reader_, {RoomId{12345}, message_}});
  markers.add(7, mark());
  settle(markers, 7);
  EXPECT_EQ(unread(), 0);
}

}  // namespace
}  // namespace parlor::app
