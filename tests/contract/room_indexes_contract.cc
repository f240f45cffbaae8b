// What is kept beside rooms: agents' preferences, tags, departures; and a contact by what it acts
// as.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr ConversationId kAnn{1'001};
constexpr ConversationId kBob{1'002};

chat::RoomPreference favorite(std::int64_t room, ConversationId agent) {
  return {{room}, agent, true, {}};
}

chat::RoomPreference snoozed(std::int64_t room, ConversationId agent, std::int64_t until) {
  return {{room}, agent, false, {until}};
}

TEST_P(StoreContract, APreferenceReadsBackAndSurvivesARestart) {
  write([](chat::Transaction& t) {
    t.room_preferences().put(kAccount, {{1}, kAnn, true, {50}});
    t.room_preferences().put(kAccount, favorite(2, kAnn));
    t.room_preferences().put(kAccount, favorite(2, kAnn));
    t.room_preferences().put(kOtherAccount, favorite(3, kAnn));
    return true;
  });
  reopen();
  read([](chat::Transaction& t) {
    auto& preferences = t.room_preferences();
    EXPECT_EQ(preferences.find(kAccount, {1}, kAnn), (chat::RoomPreference{{1}, kAnn, true, {50}}));
    EXPECT_EQ(preferences.find(kAccount, {1}, kBob), (chat::RoomPreference{{1}, kBob, false, {}}));
    EXPECT_THAT(preferences.favorites(kAccount, kAnn), UnorderedElementsAre(RoomId{1}, RoomId{2}));
    EXPECT_THAT(preferences.favorites(kAccount, kBob), IsEmpty());
    EXPECT_EQ(preferences.next_due(), Timestamp{50});
    return true;
  });
}

TEST_P(StoreContract, SnoozesAreFoundByAgentByRoomAndByTime) {
  write([](chat::Transaction& t) {
    auto& preferences = t.room_preferences();
    preferences.put(kAccount, snoozed(1, kAnn, 30));
    preferences.put(kAccount, snoozed(1, kBob, 10));
    preferences.put(kAccount, snoozed(2, kAnn, 20));
    preferences.put(kOtherAccount, snoozed(1, kAnn, 20));
    preferences.put(kAccount, snoozed(3, kAnn, 5));
    preferences.put(kAccount, snoozed(3, kAnn, 0));  // awake again
    return true;
  });
  read([](chat::Transaction& t) {
    auto& preferences = t.room_preferences();
    EXPECT_THAT(preferences.snoozed(kAccount, kAnn, {20}), ElementsAre(RoomId{1}));
    EXPECT_THAT(preferences.snoozing(kAccount, {1}, {9}), UnorderedElementsAre(kAnn, kBob));
    EXPECT_THAT(preferences.snoozing(kAccount, {1}, {10}), ElementsAre(kAnn));
    EXPECT_EQ(preferences.next_due(), Timestamp{10});
    const auto due = preferences.due({20}, 10);
    EXPECT_EQ(due.size(), 3U);
    if (due.empty()) return false;
    EXPECT_EQ(due[0].preference, snoozed(1, kBob, 10));
    EXPECT_EQ(due[0].account, kAccount);
    EXPECT_EQ(preferences.due({20}, 2).size(), 2U);
    EXPECT_THAT(preferences.due({9}, 10), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AnAccountsFirstSnoozeIsFoundByWritesThatFoundNoneBefore) {
  const auto are_snoozing = [](const std::vector<ConversationId>& agents) {
    return [agents](chat::Transaction& t) {
      EXPECT_EQ(t.room_preferences().snoozing(kAccount, {1}, {9}), agents);
      return true;
    };
  };
  write(are_snoozing({}));
  write([](chat::Transaction& t) {
    t.room_preferences().put(kAccount, snoozed(1, kAnn, 10));
    return true;
  });
  write(are_snoozing({kAnn}));
}

TEST_P(StoreContract, TagsFindTheirRoomsNewestFirst) {
  const auto tag = [](chat::Transaction& t, std::int64_t id, std::vector<std::string> tags) {
    auto room = t.rooms().find(kAccount, {id}).value();
    const auto before = std::exchange(room.tags, std::move(tags));
    t.room_tags().replace(room, before);
    t.rooms().update(room);
  };
  write([&](chat::Transaction& t) {
    for (int id = 1; id <= 3; ++id) t.rooms().insert(sample_room(id));
    tag(t, 1, {"vip", "late"});
    tag(t, 2, {"vip"});
    tag(t, 3, {"late"});
    tag(t, 1, {"late", "new"});
    tag(t, 1, {"late", "vip"});
    return true;
  });
  read([](chat::Transaction& t) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.scope.whole_account = true;
    query.tag = "vip";
    const auto page = t.rooms().list(query);
    EXPECT_THAT(ids(page.rooms), ElementsAre(2, 1));
    EXPECT_EQ(page.total, 2);
    query.tag = "new";
    EXPECT_THAT(t.rooms().list(query).rooms, IsEmpty());
    query.tag = "late";
    query.among = std::vector<RoomId>{{3}, {2}};
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(3));
    query.account = kOtherAccount;
    EXPECT_THAT(t.rooms().list(query).rooms, IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AHolderNarrowsAListToItsViewersOrToNobodys) {
  write([](chat::Transaction& t) {
    for (int id = 1; id <= 4; ++id) {
      auto room = sample_room(id);
      room.inbox = {id % 2 + 1};
      if (id >= 3) room.assignees.push_back({kAnn, {1}});
      t.rooms().insert(room);
    }
    return true;
  });
  read([](chat::Transaction& t) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.scope.viewer = kAnn;
    query.scope.inboxes = {{1}};
    query.holder = chat::RoomHolder::viewer;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(4, 3));
    EXPECT_EQ(t.rooms().list(query).total, 2);
    query.inboxes = std::vector<InboxId>{{2}};
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(3));
    query.inboxes.reset();
    query.holder = chat::RoomHolder::nobody;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(2));
    query.scope.whole_account = true;
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(2, 1));
    query.inboxes = std::vector<InboxId>{};
    EXPECT_THAT(t.rooms().list(query).rooms, IsEmpty());
    EXPECT_EQ(t.rooms().list(query).total, 0);
    return true;
  });
}

TEST_P(StoreContract, DeparturesOfSeveralHoldersComeOldestFirst) {
  const auto left = [](std::int64_t holder, std::int64_t room, std::int64_t at) {
    return chat::RoomDeparture{holder, {room}, 7, {at}};
  };
  write([&](chat::Transaction& t) {
    for (const auto& departure : {left(1, 10, 5), left(2, 11, 3), left(1, 12, 1), left(3, 13, 4)})
      t.room_departures().insert(kAccount, departure);
    t.room_departures().insert(kAccount, left(1, 10, 5));
    t.room_departures().insert(kOtherAccount, left(1, 14, 5));
    return true;
  });
  read([&](chat::Transaction& t) {
    auto& departures = t.room_departures();
    EXPECT_THAT(departures.since(kAccount, {1, 2}, {3}, 10),
                ElementsAre(left(2, 11, 3), left(1, 10, 5)));
    EXPECT_THAT(departures.since(kAccount, {1, 2}, {0}, 2),
                ElementsAre(left(1, 12, 1), left(2, 11, 3)));
    EXPECT_THAT(departures.since(kAccount, {}, {0}, 2), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, OldDeparturesGoSomeAtATime) {
  const auto left = [](std::int64_t holder, std::int64_t at) {
    return chat::RoomDeparture{holder, {holder}, 7, {at}};
  };
  write([&](chat::Transaction& t) {
    for (std::int64_t at : {1, 2, 8, 9}) {
      t.room_departures().insert(kAccount, left(1, at));
      t.room_departures().insert(kOtherAccount, left(2, at));
    }
    return true;
  });
  int steps = 0;
  for (std::optional<chat::KeptDeparture> walked = chat::KeptDeparture{}; walked; ++steps) {
    write([&, after = *walked](chat::Transaction& t) {
      walked = t.room_departures().remove_old({8}, after, 3);
      return true;
    });
  }
  EXPECT_EQ(steps, 4) << "three, three, two, and then none";
  read([&](chat::Transaction& t) {
    auto& departures = t.room_departures();
    EXPECT_THAT(departures.since(kAccount, {1}, {0}, 10), ElementsAre(left(1, 8), left(1, 9)));
    EXPECT_THAT(departures.since(kOtherAccount, {2}, {0}, 10), ElementsAre(left(2, 8), left(2, 9)));
    return true;
  });
}

TEST_P(StoreContract, OldOutcomesGoSomeAtATime) {
  const auto key = [](std::string client_id) {
    return chat::OutcomeKey{kAccount, {7}, "send", std::move(client_id)};
  };
  write([&](chat::Transaction& t) {
    for (int n = 0; n < 7; ++n)
      t.outcomes().insert(key("id-" + std::to_string(n)), {"digest", n, "", {n}});
    return true;
  });
  int steps = 0;
  for (std::optional<chat::OutcomeKey> walked = chat::OutcomeKey{}; walked; ++steps) {
    write([&, after = *walked](chat::Transaction& t) {
      walked = t.outcomes().remove_old({5}, after, 4);
      return true;
    });
  }
  EXPECT_EQ(steps, 3);
  read([&](chat::Transaction& t) {
    for (int n = 0; n < 7; ++n)
      EXPECT_EQ(t.outcomes().find(key("id-" + std::to_string(n))).has_value(), n >= 5) << n;
    return true;
  });
}

TEST_P(StoreContract, AContactIsFoundByItsConversationWithItsSessions) {
  write([](chat::Transaction& t) {
    auto contact = sample_contact(1);
    contact.blocked_at = {9};
    t.contacts().insert(contact);
    t.contacts().insert(sample_contact(2));
    for (std::int64_t id = 1; id <= 3; ++id) {
      chat::VisitorSession session;
      session.id = {id};
      session.account = kAccount;
      session.contact = {id == 2 ? 2 : 1};
      session.secret_hash = std::to_string(id);
      session.address = "192.0.2.1";
      session.created_at = {id};
      t.visitor_sessions().insert(session);
    }
    return true;
  });
  read([](chat::Transaction& t) {
    const auto conversation = sample_contact(1).conversation;
    const auto contact = t.contacts().find_by_conversation(kAccount, conversation).value();
    EXPECT_EQ(contact.id, ContactId{1});
    EXPECT_TRUE(contact.is_blocked());
    EXPECT_FALSE(t.contacts().find_by_conversation(kOtherAccount, conversation));
    const auto sessions = t.visitor_sessions().of_contact(kAccount, {1}, 10);
    EXPECT_EQ(sessions.size(), 2U);
    if (sessions.empty()) return false;
    EXPECT_EQ(sessions[0].id, SessionId{3});
    EXPECT_EQ(sessions[0].address, "192.0.2.1");
    EXPECT_EQ(t.visitor_sessions().of_contact(kAccount, {1}, 1).size(), 1U);
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
