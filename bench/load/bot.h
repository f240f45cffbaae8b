// bot: students' messages that the bot answers, each in one durable step, beside plain sends of an
// agent on the same server in the same run. Unit: one request.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_bot(const Options& options);

}  // namespace parlor::bench
