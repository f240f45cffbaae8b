// idle: many connected, authenticated clients that only answer heartbeats. Unit: resident memory of
// the server per connection.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_idle(const Options& options);

}  // namespace parlor::bench
