// What stands behind an UpgradeRequest. Thread: that of the shard that it is on.
#pragma once

#include "net/http_types.h"
#include "net/upgrade.h"

namespace parlor::net {

class HttpSession;

struct PendingUpgrade {
  HttpRequest request;
  Headers extra;  // of ServerOptions::response_headers
  Shard* shard = nullptr;
  HttpSession* session = nullptr;  // null: answered, or the connection has ended
};

}  // namespace parlor::net
