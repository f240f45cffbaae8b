// Order statistics of small samples.
#pragma once

#include <cstdint>
#include <vector>

namespace parlor::bench {

// The value that `fraction` of the sample does not exceed (nearest rank); 0 of an empty sample.
double percentile(std::vector<std::uint32_t> sample, double fraction);

// The middle value, or the mean of the two; 0 of an empty sample.
double median(std::vector<double> sample);

}  // namespace parlor::bench
