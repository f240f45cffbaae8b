// How fast the disk makes things durable, so that a reader can judge commits per second.
#pragma once

#include <string>

namespace parlor::bench {

// The median of 50 writes of 4 KiB, each followed by fdatasync, in that folder.
double fdatasync_ms(const std::string& folder);

}  // namespace parlor::bench
