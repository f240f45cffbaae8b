// The data sets of `history`: built once with parlor_history, kept, and copied for each measurement
// so that its writes change nothing for the next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "load/options.h"
#include "load/parlor_site.h"

namespace parlor::bench {

struct HistorySite {
  std::string directory;
  DemoAccount account;
  std::vector<std::string> rooms;  // that the measured agent may see
};

// Builds what is not there yet, was left half built, or was built by another format of the builder.
// A schema of another version is none of its business: the server migrates its copy.
HistorySite history_site(const Options& options, std::int64_t rooms, std::int64_t messages);

// A copy of the site's directory at `to`, which is replaced.
void copy_site(const HistorySite& site, const std::string& to);

}  // namespace parlor::bench
