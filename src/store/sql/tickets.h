// Tickets, their messages and their snapshots.
//
// Owned by SqlTransaction; lives as long as the connection and belongs to its thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/ticket.h"
#include "store/sql/connection.h"
#include "store/sql/recent.h"

namespace parlor::store::sql {

class SqlTickets final : public chat::Tickets {
 public:
  SqlTickets(Connection& db, Keeping keeping) : db_(db), any_(keeping) {}
  void forget() { any_.forget(); }

  std::optional<chat::Ticket> find(AccountId account, std::string_view name) override;
  std::vector<chat::Ticket> of_contact(AccountId account, std::string_view contact,
                                       int limit) override;
  void insert(const chat::Ticket& ticket) override;
  // Leaves a mark for remove_erased_messages where more of the history has been deleted.
  void update(const chat::Ticket& ticket) override;

  std::optional<chat::TicketMessage> find_message(AccountId account, chat::TicketId ticket,
                                                  std::int64_t seq) override;
  std::vector<chat::TicketMessage> messages(const chat::TicketMessageQuery& query) override;
  void insert_message(const chat::TicketMessage& message) override;
  bool remove_erased_messages(int limit) override;

  std::vector<chat::TicketSnapshot> snapshots(AccountId account, chat::TicketId ticket,
                                              std::int64_t before, int limit) override;
  int count_snapshots(AccountId account, chat::TicketId ticket) override;
  bool has_snapshot(AccountId account, chat::TicketId ticket, std::string_view name) override;
  void put_snapshot(const chat::TicketSnapshot& snapshot) override;
  void remove_snapshots(AccountId account, chat::TicketId ticket) override;

 private:
  Connection& db_;
  AnyRows any_;
};

}  // namespace parlor::store::sql
