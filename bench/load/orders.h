// `orders`: what one call of fetchRoomByUserAgent takes that answers 500 rooms, with 1,000,000
// rooms of orders stored.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_orders(const Options& options);

}  // namespace parlor::bench
