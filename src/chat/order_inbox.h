// The account's inbox of order rooms: one, whatever it is called.
#pragma once

#include <optional>

#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr const char* kOrderInboxName = "Orders";

std::optional<Inbox> find_order_inbox(Transaction& transaction, AccountId account);

// Made on first use: visible to its members as a whole, who are the account's agents of that day;
// an admin changes that like any inbox.
Inbox order_inbox(Transaction& transaction, AccountId account);

}  // namespace parlor::chat
