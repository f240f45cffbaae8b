#include "load/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <system_error>
#include <vector>

#include "load/socket.h"
#include "load/stats.h"

namespace parlor::bench {

double fdatasync_ms(const std::string& folder) {
  using Clock = std::chrono::steady_clock;
  constexpr int kWrites = 50;
  const std::string path = folder + "/fdatasync";
  const Fd file(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  const std::string page(4096, 'x');
  std::vector<double> times_ms;
  for (int n = 0; file && n < kWrites; ++n) {
    const auto start = Clock::now();
    if (::pwrite(file.get(), page.data(), page.size(), n * 4096) < 0) break;
    if (::fdatasync(file.get()) != 0) break;
    times_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  if (times_ms.size() < kWrites) throw std::system_error(errno, std::generic_category(), path);
  ::unlink(path.c_str());
  return median(times_ms);
}

}  // namespace parlor::bench
