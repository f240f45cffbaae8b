// `history`: whether a long history slows anybody down. The same calls of the same agent on a data
// set of 10,000 messages and on one of 10,000,000, of which the agent may see equally many rooms.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_history(const Options& options);

}  // namespace parlor::bench
