// Full-text search: at once and after indexing, inside the caller's bounds.
#include <thread>

#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Searches {
 public:
  explicit Searches(chat::Transaction& t) : t_(t) {}

  std::vector<std::int64_t> rooms(std::string words, AccountId account = kAccount) {
    chat::RoomQuery query;
    query.account = account;
    query.scope.whole_account = true;
    query.search = std::move(words);
    return ids(t_.rooms().list(query).rooms);
  }
  std::map<RoomId, chat::SearchHit> hits(std::string words) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.scope.whole_account = true;
    query.search = std::move(words);
    return t_.rooms().list(query).hits;
  }
  std::vector<std::string> messages(std::string words, bool with_notes, RoomId room = {1}) {
    chat::MessageQuery query;
    query.account = kAccount;
    query.room = room;
    query.with_notes = with_notes;
    query.search = std::move(words);
    return contents(t_.messages().list(query));
  }

 private:
  chat::Transaction& t_;
};

// The excerpt, with what matches in brackets.
std::string marked(const chat::SearchHit& hit) {
  std::string text;
  for (const auto& piece : hit.excerpt)
    text += piece.is_match ? '[' + piece.text + ']' : piece.text;
  return text;
}

void insert_texts(chat::Transaction& t) {
  auto ann = sample_contact(1);
  ann.name = "Ann Smith";
  ann.email = "ann.smith@shop.example";
  t.contacts().insert(ann);
  t.contacts().insert(sample_contact(2));
  t.rooms().insert(sample_room(1, 1));
  t.rooms().insert(sample_room(2, 2));
  send(t, {1}, "My password does not work");
  send(t, {1}, "Refund to this customer? I would not.", chat::MessageType::note);
  send(t, {1}, "أريد استرجاع كلمة المرور");
  send(t, {2}, "I want a refund, please");
}

void expect_found(chat::Transaction& t) {
  Searches find(t);
  EXPECT_THAT(find.rooms("password"), ElementsAre(1));
  EXPECT_THAT(find.rooms("PASSW"), ElementsAre(1));
  EXPECT_THAT(find.rooms("refund"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(find.rooms("want refund"), ElementsAre(2));
  EXPECT_THAT(find.rooms("ann.smith@shop.example"), ElementsAre(1));
  EXPECT_THAT(find.rooms("smith"), ElementsAre(1));
  EXPECT_THAT(find.rooms("كلمه المرور"), ElementsAre(1));
  EXPECT_THAT(find.rooms("nothing"), IsEmpty());
  EXPECT_THAT(find.rooms("password", kOtherAccount), IsEmpty());
  EXPECT_THAT(find.messages("not", true),
              ElementsAre("Refund to this customer? I would not.", "My password does not work"));
  EXPECT_THAT(find.messages("not", false), ElementsAre("My password does not work"));
  EXPECT_THAT(find.messages("refund", false), IsEmpty());
  EXPECT_THAT(find.messages("password", true, {2}), IsEmpty());
  EXPECT_THAT(ids(t.rooms().list_of_contact(kAccount, {1}, "password", 1, 9).rooms),
              ElementsAre(1));
  EXPECT_THAT(t.rooms().list_of_contact(kAccount, {1}, "refund", 1, 9).rooms, IsEmpty());
}

TEST_P(StoreContract, WhatWasWrittenIsFoundAtOnce) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    return true;
  });
  read(
      [](chat::Transaction& t) {
        expect_found(t);
        return true;
      },
      Lane::search);
}

TEST_P(StoreContract, WhatWasWrittenIsFoundWhenItIsIndexedToo) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    return true;
  });
  ASSERT_TRUE(under_test_->wait_until_indexed());
  read(
      [](chat::Transaction& t) {
        expect_found(t);
        return true;
      },
      Lane::search);
}

TEST_P(StoreContract, ARoomThatIsFoundComesWithItsNewestMessageThatMatches) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    send(t, {1}, "A new password did it");
    send(t, {1}, "Thank you");
    return true;
  });
  const auto expect_hits = [](chat::Transaction& t) {
    Searches find(t);
    const auto password = find.hits("password");
    ASSERT_EQ(password.size(), 1U);
    const auto& hit = password.at({1});
    EXPECT_EQ(marked(hit), "A new [password] did it");
    EXPECT_EQ(hit.sender, chat::SenderKind::customer);
    EXPECT_EQ(hit.type, chat::MessageType::text);
    EXPECT_EQ(hit.seq, 4);
    EXPECT_EQ(hit.author, sample_message(1, {1}, 1, "").author);
    const auto refund = find.hits("refund");
    ASSERT_EQ(refund.size(), 2U);
    EXPECT_EQ(marked(refund.at({1})), "[Refund] to this customer? I would not.");
    EXPECT_EQ(refund.at({1}).type, chat::MessageType::note);
    EXPECT_EQ(marked(refund.at({2})), "I want a [refund], please");
    EXPECT_THAT(find.hits("smith"), IsEmpty());
    return;
  };
  const auto read_hits = [&] {
    read(
        [&](chat::Transaction& t) {
          expect_hits(t);
          return true;
        },
        Lane::search);
  };
  read_hits();
  ASSERT_TRUE(under_test_->wait_until_indexed());
  read_hits();
}

TEST_P(StoreContract, AQueryIsWordsWhateverItsPunctuation) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    return true;
  });
  ASSERT_TRUE(under_test_->wait_until_indexed());
  read([](chat::Transaction& t) {
    Searches find(t);
    for (const char* query : {"\"password\"", "password*", "^password", "(password)",
                              "password:", "-password", "\"password", "'password'", "+password;--"})
      EXPECT_THAT(find.rooms(query), ElementsAre(1)) << query;
    for (const char* query :
         {"password OR refund", "password NOT refund", "NEAR(password work)", "terms:password", "*",
          "\"", "{terms}: x", "a\"b", "¤a1", "\xff\xfe", "' OR 1=1 --"})
      EXPECT_THAT(find.rooms(query), IsEmpty()) << query;
    return true;
  });
}

TEST_P(StoreContract, AContactIsFoundByItsNewNameAndNotByItsOld) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    return true;
  });
  ASSERT_TRUE(under_test_->wait_until_indexed());
  write([](chat::Transaction& t) {
    auto ann = t.contacts().find(kAccount, {1}).value();
    ann.name = "Anna Jones";
    ann.email = "anna@shop.example";
    t.contacts().update(ann);
    return true;
  });
  const auto expect_renamed = [](chat::Transaction& t) {
    Searches find(t);
    EXPECT_THAT(find.rooms("jones"), ElementsAre(1));
    EXPECT_THAT(find.rooms("ann smith"), IsEmpty());
    return true;
  };
  read(expect_renamed);
  ASSERT_TRUE(under_test_->wait_until_indexed());
  read(expect_renamed);
}

TEST_P(StoreContract, ASearchIsHeldToTheAgentsScopeAndFilters) {
  write([](chat::Transaction& t) {
    insert_texts(t);
    auto room = t.rooms().find(kAccount, {2}).value();
    room.assignees = {{{1'002}, {1}}};
    t.rooms().update(room);
    return true;
  });
  read([](chat::Transaction& t) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.search = "refund";
    query.scope.viewer = {1'001};
    query.scope.inboxes = {{1}};
    EXPECT_THAT(ids(t.rooms().list(query).rooms), ElementsAre(1));
    query.status = chat::RoomStatus::closed;
    EXPECT_THAT(t.rooms().list(query).rooms, IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, TheLastWordMayBeTheBeginningOfAnyNumberOfWords) {
  static constexpr int kWords = 150;  // more than a search looks up
  write([](chat::Transaction& t) {
    t.rooms().insert(sample_room(1, 1));
    send(t, {1}, "my order, ordered in May");
    for (int n = 0; n < kWords; ++n) {
      t.rooms().insert(sample_room(n + 2, n + 2));
      send(t, {n + 2}, "part x" + std::to_string(1'000 + n));
    }
    return true;
  });
  ASSERT_TRUE(under_test_->wait_until_indexed());
  read([](chat::Transaction& t) {
    Searches find(t);
    const auto count = [&](const std::string& words) {
      chat::RoomQuery query;
      query.account = kAccount;
      query.scope.whole_account = true;
      query.search = words;
      return t.rooms().list(query).total;
    };
    EXPECT_THAT(find.rooms("or"), ElementsAre(1));
    EXPECT_THAT(find.rooms("my ordere"), ElementsAre(1));
    EXPECT_THAT(find.rooms("order my"), ElementsAre(1));
    EXPECT_THAT(find.rooms("orders"), IsEmpty());
    EXPECT_EQ(count("x"), kWords);
    EXPECT_EQ(count("part x1"), kWords);
    EXPECT_EQ(count("my x1"), 0);
    EXPECT_EQ(count("x11"), 50);
    EXPECT_THAT(find.rooms("x1007"), ElementsAre(9));
    return true;
  });
}

TEST_P(StoreContract, WhoSeesFewRoomsFindsThemAmongAnyNumberOfOthers) {
  constexpr std::int64_t kOthers = 20'400;  // more texts than a search of the account examines
  write([](chat::Transaction& t) {
    t.contacts().insert(sample_contact(1));
    auto mine = sample_room(1, 1);
    mine.assignees = {{{1'001}, {1}}};
    t.rooms().insert(mine);
    send(t, {1}, "the lamp");
    t.rooms().insert(sample_room(2, 2));
    return true;
  });
  for (std::int64_t from = 0; from < kOthers; from += 400) {
    submit([from](chat::Transaction& t) {
      for (auto n = from; n < from + 400; ++n)
        t.messages().insert(sample_message(100'000 + n, {2}, n + 1, "the chair"));
      return true;
    });
  }
  write([](chat::Transaction&) { return true; });
  ASSERT_TRUE(under_test_->wait_until_indexed());
  const auto found_by = [](chat::Transaction& t, const std::string& words) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.search = words;
    query.scope.viewer = {1'001};
    return ids(t.rooms().list(query).rooms);
  };
  read([&](chat::Transaction& t) {
    EXPECT_THAT(found_by(t, "the"), ElementsAre(1));
    EXPECT_THAT(found_by(t, "the lamp"), ElementsAre(1));
    EXPECT_THAT(found_by(t, "contact"), ElementsAre(1));
    EXPECT_THAT(found_by(t, "chair"), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, ASearchsTotalStopsAtAThousand) {
  write([](chat::Transaction& t) {
    for (int id = 1; id <= 1'100; ++id) {
      t.rooms().insert(sample_room(id, id));
      send(t, {id}, "refund");
    }
    return true;
  });
  read([](chat::Transaction& t) {
    chat::RoomQuery query;
    query.account = kAccount;
    query.scope.whole_account = true;
    query.search = "refund";
    const auto page = t.rooms().list(query);
    EXPECT_EQ(page.total, 1'000);
    EXPECT_EQ(page.rooms.size(), 20U);
    return true;
  });
}

TEST_P(StoreContract, ASearchEndsAtItsDeadlineWithoutHurtingOthers) {
  close();
  StoreUnderTest::Limits limits;
  limits.search_deadline = std::chrono::milliseconds(0);
  open(limits);
  write([](chat::Transaction& t) {
    for (int id = 1; id <= 400; ++id) {
      t.rooms().insert(sample_room(id, id));
      send(t, {id}, "refund");
    }
    return true;
  });
  const UseCase search = [](chat::Transaction& t) {
    Searches(t).rooms("refund");
    return true;
  };
  const auto fault = read(search, Lane::search);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, ErrorCode::unavailable);
  EXPECT_THAT(fault->message, testing::HasSubstr("too long"));
  EXPECT_FALSE(read(search, Lane::read));
}

}  // namespace
}  // namespace parlor::store
