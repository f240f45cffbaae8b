#include "load/stats.h"

#include <algorithm>
#include <cmath>

namespace parlor::bench {

double percentile(std::vector<std::uint32_t> sample, double fraction) {
  if (sample.empty()) return 0;
  const auto rank =
      static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(sample.size())));
  const auto at = sample.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(sample.begin(), at, sample.end());
  return *at;
}

double median(std::vector<double> sample) {
  if (sample.empty()) return 0;
  std::sort(sample.begin(), sample.end());
  const std::size_t middle = sample.size() / 2;
  return sample.size() % 2 == 1 ? sample[middle] : (sample[middle - 1] + sample[middle]) / 2;
}

}  // namespace parlor::bench
