#include "chat/customers.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

class Customers : public ::testing::Test {
 protected:
  TokenClaims claims(std::string role, std::string subject) const {
    TokenClaims claims;
    claims.account = world.acme.id;
    claims.role = std::move(role);
    claims.subject = std::move(subject);
    claims.name = "Sami Student";
    claims.email = "Sami@course.example";
    claims.issued_at = Timestamp{1};
    return claims;
  }

  testing::World world;
};

TEST_F(Customers, AWriteMakesAContactOfWhoIsNewAndFindsThemAgain) {
  const auto first = welcome_customer(world.tx, claims("student", "5"));
  ASSERT_TRUE(first);
  const auto again = welcome_customer(world.tx, claims("student", "5"));
  ASSERT_TRUE(again);
  EXPECT_EQ(first->contact, again->contact);
  const auto contact = world.tx.contacts().find(world.acme.id, first->contact).value();
  EXPECT_EQ(contact.name, "Sami Student");
  EXPECT_EQ(contact.email, "sami@course.example");
  EXPECT_EQ(contact.kind, ContactKind::student);
  EXPECT_EQ(contact.external_id, "5");
}

TEST_F(Customers, AReadWritesNothingAndKnowsNobodyNew) {
  world.tx.forbid_writing();
  const auto nobody = authenticate_customer(world.tx, claims("student", "5"));
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(nobody->contact);
  EXPECT_FALSE(nobody->conversation);
}

TEST_F(Customers, NamesakesInOtherRolesAndAccountsAreOtherPeople) {
  const auto student = welcome_customer(world.tx, claims("student", "5"));
  const auto buyer = welcome_customer(world.tx, claims("buyer", "5"));
  auto elsewhere = claims("student", "5");
  elsewhere.account = world.other.id;
  const auto stranger = welcome_customer(world.tx, elsewhere);
  ASSERT_TRUE(student && buyer && stranger);
  EXPECT_NE(student->contact, buyer->contact);
  EXPECT_NE(student->contact, stranger->contact);
}

TEST_F(Customers, AChangedNameIsKeptAndAnEmptyOneChangesNothing) {
  const auto first = welcome_customer(world.tx, claims("student", "5"));
  auto renamed = claims("student", "5");
  renamed.name = "Sami Renamed";
  renamed.email = "no address";
  ASSERT_TRUE(welcome_customer(world.tx, renamed));
  renamed.name = "";
  ASSERT_TRUE(welcome_customer(world.tx, renamed));
  const auto contact = world.tx.contacts().find(world.acme.id, first->contact).value();
  EXPECT_EQ(contact.name, "Sami Renamed");
  EXPECT_EQ(contact.email, "sami@course.example");
}

TEST_F(Customers, RevokedTokensAndTokensOfNobodyAreUnauthenticated) {
  const auto first = welcome_customer(world.tx, claims("student", "5"));
  auto contact = world.tx.contacts().find(world.acme.id, first->contact).value();
  contact.tokens_not_before = Timestamp{2};
  world.tx.contacts().update(contact);
  const auto revoked = welcome_customer(world.tx, claims("student", "5"));
  ASSERT_FALSE(revoked);
  EXPECT_EQ(revoked.error().code, ErrorCode::unauthenticated);
  const auto nobody = welcome_customer(world.tx, claims("student", ""));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, ErrorCode::unauthenticated);
  const auto agent = welcome_customer(world.tx, claims("agent", "5"));
  ASSERT_FALSE(agent);
  EXPECT_EQ(agent.error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace parlor::chat
