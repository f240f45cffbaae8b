// The messages of rooms.
//
// A room's public messages and its notes are two ranges of the table, each ordered by seq; a page
// for the team merges them, a page for the contact reads the first alone.
#pragma once

#include <optional>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/search.h"

namespace parlor::store::sql {

inline constexpr std::size_t kMaxPageBytes = 256 * 1024;

class SqlMessages final : public chat::Messages {
 public:
  SqlMessages(Connection& db, Search& search) : db_(db), search_(search) {}
  std::optional<chat::Message> find(AccountId account, RoomId room, MessageId id) override;
  std::vector<chat::Message> list(const chat::MessageQuery& query) override;
  std::optional<MessageId> newest_of(AccountId account, RoomId room, chat::SenderKind sender,
                                     std::int64_t seq) override;
  std::optional<RoomId> room_of(AccountId account, MessageId id) override;
  std::vector<MessageId> between(AccountId account, RoomId room, chat::SenderKind sender,
                                 std::int64_t after_seq, std::int64_t up_to_seq,
                                 int limit) override;
  void insert(const chat::Message& message) override;

 private:
  std::vector<chat::Message> found(const chat::MessageQuery& query);
  Rows page(const chat::MessageQuery& query);

  Connection& db_;
  Search& search_;
};

}  // namespace parlor::store::sql
