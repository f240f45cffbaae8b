// Bringing in order rooms of another system: as they were, with their times and ids.
//
// What is imported is history: it is nobody's unread, waits in no queue and counts in no statistic,
// and nobody is told of it. Everything is known by its source's id, so that the same import again
// changes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/order_room.h"
#include "chat/transaction.h"

namespace parlor::chat {

// A write touches at most 500 rows; each of these is up to four.
inline constexpr std::size_t kMaxImportedAtOnce = 100;

struct ImportedOrderMessage {
  OrderMessage order;  // with source_id, author, created_at
  std::string text;
};

// A room with the next of its participants and messages, kMaxImportedAtOnce together; each has a
// source_id of 24 hexadecimal digits in lower case.
struct ImportOrderRoom {
  OrderRoom order;  // updated_at: 0 = not said, that of its newest message
  bool is_open = true;
  std::vector<OrderParticipant> participants;  // in the order of joining
  std::vector<ImportedOrderMessage> messages;  // oldest first
};
// A record that was left out, by the source's id.
struct RefusedImport {
  std::string source_id;
  std::string why;
};
struct OrderRoomImported {
  std::int64_t rooms = 0;  // that are new; likewise the others
  std::int64_t participants = 0;
  std::int64_t messages = 0;
  std::vector<RefusedImport> refused;
};
// conflict: the name or the _id is that of a room that is not this one.
Result<OrderRoomImported> import_order_room(Transaction& transaction, AccountId account,
                                            const ImportOrderRoom& input);

}  // namespace parlor::chat
