// Secrets that are shown once and kept as their SHA-256: tokens of web sites, keys of servers,
// invitations.
#pragma once

#include <string>
#include <string_view>

#include "chat/transaction.h"

namespace parlor::chat {

// "pst_…", 256 bits. With a client id it is derived from the account's own secret, so that the same
// request again is answered with the same secret, which is stored nowhere.
std::string make_secret(Transaction& transaction, AccountId account, std::string_view prefix,
                        std::int64_t subject, std::string_view client_id);

}  // namespace parlor::chat
