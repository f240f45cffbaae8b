// Tickets: by account and name, their messages in pages, their snapshots by name.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

chat::Ticket sample_ticket(std::int64_t id, std::string name, AccountId account = kAccount) {
  chat::Ticket ticket;
  ticket.id = {id};
  ticket.account = account;
  ticket.name = std::move(name);
  ticket.metadata = JsonObjectText::parse(R"({"ticketId":"x","text":"سلام"})").value();
  ticket.version = 3;
  ticket.status = chat::TicketStatus::idle;
  ticket.seq = 7;
  ticket.last_stamp = {1};
  ticket.created_at = {2};
  ticket.updated_at = {3};
  ticket.active_at = {4};
  ticket.idle_since = {5};
  ticket.closed_at = {6};
  return ticket;
}

chat::TicketMessage sample_line(std::int64_t ticket, std::int64_t seq, std::string data = "{}") {
  chat::TicketMessage message;
  message.id = {ticket * 1'000 + seq};
  message.account = kAccount;
  message.ticket = {ticket};
  message.seq = seq;
  message.type = "text";
  message.data = std::move(data);
  message.author = {ConversationId{9}, chat::PersonKind::student, "host-5"};
  message.created_at = {seq};
  return message;
}

std::vector<std::int64_t> seqs(chat::Transaction& t, const chat::TicketMessageQuery& query) {
  std::vector<std::int64_t> all;
  for (const auto& message : t.tickets().messages(query)) all.push_back(message.seq);
  return all;
}

constexpr std::int64_t kNewest = INT64_MAX;

TEST_P(StoreContract, ATicketReadsBackByItsAccountAndName) {
  write([](chat::Transaction& t) {
    t.tickets().insert(sample_ticket(1, "a"));
    t.tickets().insert(sample_ticket(2, "a", kOtherAccount));
    return true;
  });
  read([](chat::Transaction& t) {
    const auto ticket = t.tickets().find(kAccount, "a");
    EXPECT_EQ(ticket->id.value, 1);
    EXPECT_EQ(ticket->metadata.scalar("text"), "سلام");
    EXPECT_EQ(ticket->status, chat::TicketStatus::idle);
    EXPECT_EQ(ticket->version, 3);
    EXPECT_EQ(ticket->idle_since.ms, 5);
    EXPECT_EQ(ticket->closed_at.ms, 6);
    EXPECT_EQ(t.tickets().find(kOtherAccount, "a")->id.value, 2);
    EXPECT_FALSE(t.tickets().find(kAccount, "A"));
    return true;
  });
  write([](chat::Transaction& t) {
    auto ticket = *t.tickets().find(kAccount, "a");
    ticket.status = chat::TicketStatus::destroyed;
    ticket.version = 4;
    t.tickets().update(ticket);
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_EQ(t.tickets().find(kAccount, "a")->status, chat::TicketStatus::destroyed);
    EXPECT_EQ(t.tickets().find(kOtherAccount, "a")->version, 3);
    return true;
  });
}

TEST_P(StoreContract, AnAccountsFirstTicketIsFoundByWritesThatFoundNoneBefore) {
  const auto is_there = [](bool expected) {
    return [expected](chat::Transaction& t) {
      EXPECT_EQ(t.tickets().find(kAccount, "a").has_value(), expected);
      return true;
    };
  };
  write(is_there(false));
  write([](chat::Transaction& t) {
    t.tickets().insert(sample_ticket(1, "a"));
    EXPECT_TRUE(t.tickets().find(kAccount, "a"));
    return false;
  });
  write(is_there(false));
  write([](chat::Transaction& t) {
    t.tickets().insert(sample_ticket(1, "a"));
    return true;
  });
  write(is_there(true));
}

TEST_P(StoreContract, TicketsAreFoundByTheContactWhomTheyName) {
  write([](chat::Transaction& t) {
    std::int64_t id = 0;
    for (const auto* name : {"c", "a", "b", "nobodys"}) {
      auto ticket = sample_ticket(++id, name);
      if (id < 4) ticket.contact = "vic";
      t.tickets().insert(ticket);
    }
    auto foreign = sample_ticket(++id, "a", kOtherAccount);
    foreign.contact = "vic";
    t.tickets().insert(foreign);
    auto left = *t.tickets().find(kAccount, "b");
    left.contact = "another";
    t.tickets().update(left);
    return true;
  });
  read([](chat::Transaction& t) {
    const auto names = [&](std::string_view contact, int limit) {
      std::vector<std::string> all;
      for (const auto& ticket : t.tickets().of_contact(kAccount, contact, limit)) {
        all.push_back(ticket.name);
      }
      return all;
    };
    EXPECT_THAT(names("vic", 10), ElementsAre("a", "c"));
    EXPECT_THAT(names("vic", 1), ElementsAre("a"));
    EXPECT_THAT(names("another", 10), ElementsAre("b"));
    EXPECT_THAT(names("", 10), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, ATicketsMessagesComeNewestFirstBetweenTwoPlaces) {
  write([](chat::Transaction& t) {
    for (std::int64_t seq = 1; seq <= 5; ++seq) t.tickets().insert_message(sample_line(1, seq));
    t.tickets().insert_message(sample_line(2, 1));
    return true;
  });
  read([](chat::Transaction& t) {
    auto& tickets = t.tickets();
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, kNewest, 3, true}), ElementsAre(5, 4, 3));
    EXPECT_THAT(seqs(t, {kAccount, {1}, 1, 4, 10, true}), ElementsAre(3, 2));
    EXPECT_THAT(seqs(t, {kOtherAccount, {1}, 0, kNewest, 3, true}), IsEmpty());
    const auto line = tickets.find_message(kAccount, {1}, 4);
    EXPECT_EQ(line->author, sample_line(1, 4).author);
    EXPECT_EQ(line->id, sample_line(1, 4).id);
    EXPECT_FALSE(tickets.find_message(kAccount, {1}, 6));
    return true;
  });
}

TEST_P(StoreContract, ATicketsNotesMayBeLeftOut) {
  write([](chat::Transaction& t) {
    for (std::int64_t seq = 1; seq <= 6; ++seq) {
      auto line = sample_line(1, seq);
      if (seq % 2 == 0) line.type = chat::kNoteType;
      t.tickets().insert_message(line);
    }
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, kNewest, 10, false}), ElementsAre(5, 3, 1));
    EXPECT_THAT(seqs(t, {kAccount, {1}, 1, kNewest, 1, false}), ElementsAre(5));
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, kNewest, 2, true}), ElementsAre(6, 5));
    return true;
  });
}

TEST_P(StoreContract, APageOfATicketsMessagesEndsAt256KiBButHasOne) {
  write([](chat::Transaction& t) {
    t.tickets().insert_message(sample_line(1, 1, std::string(300 * 1024, 'x')));
    t.tickets().insert_message(sample_line(1, 2, std::string(200 * 1024, 'x')));
    t.tickets().insert_message(sample_line(1, 3, std::string(50 * 1024, 'x')));
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, kNewest, 10, true}), ElementsAre(3, 2));
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, 2, 10, true}), ElementsAre(1));
    return true;
  });
}

TEST_P(StoreContract, DeletedHistoriesAreRemovedInSteps) {
  write([](chat::Transaction& t) {
    auto ticket = sample_ticket(1, "a");
    t.tickets().insert(ticket);
    for (std::int64_t seq = 1; seq <= 7; ++seq) t.tickets().insert_message(sample_line(1, seq));
    ticket.erased_seq = 5;
    t.tickets().update(ticket);
    t.tickets().update(ticket);
    EXPECT_TRUE(t.tickets().remove_erased_messages(4));
    EXPECT_TRUE(t.tickets().remove_erased_messages(4));
    EXPECT_FALSE(t.tickets().remove_erased_messages(4));
    EXPECT_THAT(seqs(t, {kAccount, {1}, 0, kNewest, 10, true}), ElementsAre(7, 6));
    return true;
  });
}

TEST_P(StoreContract, SnapshotsAreListedNewestFirstAndOneOfTheSameNameIsReplaced) {
  write([](chat::Transaction& t) {
    chat::TicketSnapshot snapshot;
    snapshot.account = kAccount;
    snapshot.ticket = {1};
    snapshot.metadata = "{}";
    for (const auto* name : {"one", "two", "one"}) {
      snapshot.number += 1;
      snapshot.name = name;
      t.tickets().put_snapshot(snapshot);
    }
    EXPECT_EQ(t.tickets().count_snapshots(kAccount, {1}), 2);
    EXPECT_TRUE(t.tickets().has_snapshot(kAccount, {1}, "two"));
    EXPECT_FALSE(t.tickets().has_snapshot(kAccount, {2}, "two"));
    const auto all = t.tickets().snapshots(kAccount, {1}, INT64_MAX, 10);
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(0).name, "one");
    EXPECT_EQ(all.at(1).name, "two");
    t.tickets().remove_snapshots(kAccount, {1});
    EXPECT_EQ(t.tickets().count_snapshots(kAccount, {1}), 0);
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
