// Order rooms: making them, finding them, and who is in them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/order_room.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr std::size_t kMaxVendorsAsked = 50;

struct CreateOrderRoom {
  OrderRoom order;  // what the caller says of it; a name is made when there is none
};
struct OrderRoomCreatedAnswer {
  OrderRoomView view;
  bool existed = false;  // a room of this name was there: it is the answer, as it is
};
// forbidden: a buyer or a vendor makes only rooms of their own, an agent must be of the inbox.
Result<OrderRoomCreatedAnswer> create_order_room(Transaction& transaction, const Actor& actor,
                                                 const CreateOrderRoom& input);

struct FetchOrderRooms {
  OrderRoomQuery query;              // what it asks beside its key
  std::vector<std::string> vendors;  // key vendor: any of these
  bool or_takes_part = false;        // key user: also where the user takes part
  std::string before;                // the room that was seen last; empty = from the newest
};
// Newest update first; nothing found is no error. Who has a token gets of these the rooms they may
// use. not_found: `before` is no such room.
Result<std::vector<OrderRoomView>> fetch_order_rooms(Transaction& transaction, const Actor& actor,
                                                     const FetchOrderRooms& input);

struct JoinOrderRoom {
  std::string room;  // see find_order_room
  OrderPerson person;
};
struct OrderRoomJoined {
  OrderParticipant participant;
  OrderRoomView view;
};
// Somebody who takes part already is kept, with what is said of them now.
Result<OrderRoomJoined> join_order_room(Transaction& transaction, const Actor& actor,
                                        const JoinOrderRoom& input);

struct AskOrderRoom {
  std::string room;
};
Result<OrderRoomView> get_order_room(Transaction& transaction, const Actor& actor,
                                     const AskOrderRoom& input);

// One room as the calls answer it.
OrderRoomView order_view(Transaction& transaction, const OrderRoom& order);

}  // namespace parlor::chat
