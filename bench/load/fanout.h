// fanout: one room of many clients; one of them keeps W messages in flight, and a message is done
// when every client, the sender included, has it. Unit: one delivery.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_fanout(const Options& options);

}  // namespace parlor::bench
