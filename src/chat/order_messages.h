// Messages of order rooms: sent by a marketplace for its people, or by these themselves; and those
// that agents write in the console, brought to the marketplace's clients.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/access.h"
#include "chat/actor.h"
#include "chat/message_draft.h"
#include "chat/messages.h"
#include "chat/order_room.h"
#include "chat/reading.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr int kDefaultOrderMessages = 50;
inline constexpr int kMaxOrderMessages = 500;

struct SendOrderMessage {
  std::string room;  // see find_order_room
  std::string text;
  OrderMessage order;     // its author, direction and media
  std::string client_id;  // idempotency.h; empty = none
};
struct OrderMessageSent {
  OrderMessageView message;
  OrderRoomView view;
};
// What the team's and the customers' messages do to a room, these do too. invalid: neither text nor
// a media URL; forbidden: a blocked customer.
Result<OrderMessageSent> send_order_message(Transaction& transaction, const Actor& actor,
                                            const SendOrderMessage& input);

// A message was stored in a room, maybe an order room: keeps what stands beside it, tells the
// marketplace's clients. `draft.order` says what its author said; without it, the author is one of
// ours. Called for every message that is sent.
void follow_order_message(Transaction& transaction, const Actor& actor, const AccessedRoom& access,
                          const Message& message, const MessageDraft& draft);

struct QueryOrderMessages {
  std::string room;
  std::optional<int> limit;  // default 50; above 500 means 500; below 1 is invalid
  std::string before;        // a message; empty = from the newest
};
struct OrderMessagePage {
  OrderRoom order;
  std::vector<OrderMessageView> messages;  // oldest first
  std::optional<ReachMessage> reached;     // the newest page marks read, for those who are told so
};
// not_found: no such message.
Result<OrderMessagePage> query_order_messages(Transaction& transaction, const Actor& actor,
                                              const QueryOrderMessages& input);

}  // namespace parlor::chat
