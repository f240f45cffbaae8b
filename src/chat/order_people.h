// Who takes part in order rooms, and who may do what there.
//
// An integration acts for its account's whole marketplace. A buyer or vendor uses the rooms they
// take part in, and only as themselves; an agent those that they may enter in the console.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/order_room.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr const char* kNoOrderRoom = "No room found!";

// The customer with this id in the shop's world; made when they are new, so that they are known
// when they come with a token of their own.
Contact order_contact(Transaction& transaction, AccountId account, ContactKind kind,
                      std::string_view external_id);

// `person` has a name or an address that their contact has not.
void refresh_order_contact(Transaction& transaction, Contact contact, const OrderPerson& person);

// What somebody acts as: an agent of ours, a contact (made when new), or, for agents of the
// marketplace whom we do not know, something new.
ConversationId order_conversation_of(Transaction& transaction, AccountId account,
                                     const OrderPerson& person);

// The id under which the actor is known in the shop's world: an external id; of an agent without
// one, our own.
std::string order_user_id_of(Transaction& transaction, const Actor& actor);

bool may_use_order_room(Transaction& transaction, const Actor& actor, const OrderRoom& order);

// By `_id`, by the _id under which it was imported, or by the order's number: of several rooms of
// one order the one that moved last. not_found kNoOrderRoom, also for rooms of others.
Result<OrderRoom> find_order_room(Transaction& transaction, const Actor& actor,
                                  std::string_view reference);

// The person as they may be shown: whoever has a token is called what we know them by, and what we
// do not know is as they say. forbidden: somebody with a token speaks as themselves only.
Result<OrderPerson> check_order_person(Transaction& transaction, const Actor& actor,
                                       OrderPerson person);

// Adds the person to the room unless they are there; `refreshes` keeps what is said of one who is.
// conflict: kMaxOrderParticipants.
Result<OrderParticipant> admit_order_person(Transaction& transaction, OrderRoom& order,
                                            const OrderPerson& person, bool refreshes);

}  // namespace parlor::chat
