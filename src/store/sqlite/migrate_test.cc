#include "store/sqlite/migrate.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace parlor::store {
namespace {

class MigrateTest : public testing::Test {
 protected:
  std::string file() const { return directory_.path() + "/parlor.db"; }

  TemporaryDirectory directory_;
};

TEST_F(MigrateTest, BringsAnEmptyFileToTheNewestSchemaAndLeavesItThere) {
  SqliteConnection db(file(), SqliteConnection::Mode::writer);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(migrate(db));
    auto rows = db.read("PRAGMA user_version");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), newest_schema_version());
  }
}

// Schema 19 had every room in the list of all (-1), schema 20 has there what somebody holds. Here
// room 1 is Ann's (list 7), room 2 nobody's, room 3 nobody's and closed.
TEST_F(MigrateTest, ARoomThatNobodyHoldsStandsInOneListFromSchema20On) {
  SqliteConnection db(file(), SqliteConnection::Mode::writer);
  ASSERT_TRUE(migrate(db, 19));
  db.execute(
      "INSERT INTO room_by_update VALUES"
      " (1, -1, 5, 0, 0, 10, 1), (1, 7, 5, 0, 0, 10, 1), (1, -1, 5, 0, 0, 20, 2),"
      " (1, 0, 5, 0, 0, 20, 2), (1, -1, 5, 2, 0, 30, 3), (1, 0, 5, 2, 0, 30, 3);"
      "INSERT INTO room_by_creation VALUES"
      " (1, -1, 5, 0, 0, 10, 1), (1, 7, 5, 0, 0, 10, 1), (1, -1, 5, 0, 0, 20, 2),"
      " (1, 0, 5, 0, 0, 20, 2), (1, -1, 5, 2, 0, 30, 3), (1, 0, 5, 2, 0, 30, 3);"
      "INSERT INTO room_count VALUES (1, -1, 5, 0, 0, 2), (1, 7, 5, 0, 0, 1), (1, 0, 5, 0, 0, 1),"
      " (1, -1, 5, 2, 0, 1), (1, 0, 5, 2, 0, 1)");
  ASSERT_TRUE(migrate(db));
  const auto lines = [&](sql::Sql query) {
    std::vector<std::string> found;
    for (auto rows = db.read(query); rows.next();) found.emplace_back(rows.text(0));
    return found;
  };
  using testing::ElementsAre;
  EXPECT_THAT(lines("SELECT list || ':' || room FROM room_by_update ORDER BY list, room"),
              ElementsAre("-1:1", "0:2", "0:3", "7:1"));
  EXPECT_THAT(lines("SELECT list || ':' || room FROM room_by_creation ORDER BY list, room"),
              ElementsAre("-1:1", "0:2", "0:3", "7:1"));
  EXPECT_THAT(lines("SELECT list || ':' || status || ':' || rooms FROM room_count"
                    " ORDER BY list, status"),
              ElementsAre("-1:0:1", "0:0:1", "0:2:1", "7:0:1"));
}

// Each must narrow its search by more than the account.
TEST_F(MigrateTest, LookUpsByAnythingButTheIdUseAnIndex) {
  SqliteConnection db(file(), SqliteConnection::Mode::writer);
  ASSERT_TRUE(migrate(db));
  const auto plan = [&](sql::Sql query) {
    auto rows = db.read(query);
    EXPECT_TRUE(rows.next());
    return std::string(rows.text(3));
  };
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT name FROM contact"
                 " WHERE account = 1 AND lower(email) = 'x' AND email <> ''"),
            "SEARCH contact USING INDEX contact_by_email (account=? AND <expr>=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT name FROM contact"
                 " WHERE account = 1 AND phone = 'x' AND phone <> ''"),
            "SEARCH contact USING INDEX contact_by_phone (account=? AND phone=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT name FROM agent"
                 " WHERE account = 1 AND conversation = 2"),
            "SEARCH agent USING INDEX agent_by_conversation (account=? AND conversation=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT seq FROM room WHERE account = 1 AND id = 2"),
            "SEARCH room USING INTEGER PRIMARY KEY (rowid=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT id FROM room WHERE account = 1 AND contact = 2"
                 " ORDER BY created_at DESC, id DESC"),
            "SEARCH room USING COVERING INDEX room_by_contact (account=? AND contact=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT content FROM message"
                 " WHERE id = 1 AND account = 1 AND room = 2"),
            "SEARCH message USING INDEX message_by_id (id=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT name FROM ticket"
                 " WHERE account = 1 AND contact = 'x' AND contact <> '' ORDER BY name"),
            "SEARCH ticket USING COVERING INDEX ticket_by_contact (account=? AND contact=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT data FROM ticket_message WHERE account = 1 AND ticket ="
                 " 2 AND seq > 3 AND seq < 4 AND type <> 'note' ORDER BY seq DESC LIMIT 5"),
            "SEARCH ticket_message USING INDEX ticket_message_for_customers (account=? AND"
            " ticket=? AND seq>? AND seq<?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT 1 FROM room_preference INDEXED BY"
                 " room_preference_snoozed WHERE account = 1 AND snoozed_until > 0 LIMIT 1"),
            "SEARCH room_preference USING COVERING INDEX room_preference_snoozed (account=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT 1 FROM ticket WHERE account = 1 LIMIT 1"),
            "SEARCH ticket USING PRIMARY KEY (account=?)");
  EXPECT_EQ(plan("EXPLAIN QUERY PLAN SELECT 1 FROM order_room WHERE account = 1 LIMIT 1"),
            "SEARCH order_room USING COVERING INDEX order_room_by_update (account=?)");
}

}  // namespace
}  // namespace parlor::store
