// What a Socket.IO client may receive: computed in a read transaction, compared before the client
// is let in.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"
#include "dialects/common/caller.h"
#include "dialects/common/socket_dialect.h"

namespace parlor::app {

struct Admission {
  chat::Actor actor;
  std::vector<std::string> rooms;  // the server's private rooms, sorted
  SupportTokenId site;             // a visitor's
  Timestamp ends_at;               // of a visitor's session or site, whichever is first; 0 = never
};

using SocketDialects = std::vector<const dialects::SocketDialect*>;

// In a write, a customer who is new becomes a contact; a reader would find nobody to admit:
// unauthenticated.
Result<Admission> admit(chat::Transaction& transaction, const dialects::Caller& caller,
                        const SocketDialects& dialects, dialects::Mode mode = dialects::Mode::read);

}  // namespace parlor::app
