// Signs of life: 10,000 unchanged `room:presence` events a second, without acknowledgement, from
// the members of many tickets' rooms; the server's processor time, its memory, and whether it
// writes.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_presence(const Options& options);

}  // namespace parlor::bench
