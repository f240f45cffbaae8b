#include "app/serve.h"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <limits>

#include "app/application.h"
#include "base/log.h"

namespace parlor::app {
namespace {

// Raises the limit on open files as far as the system lets us.
std::size_t raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::size_t>::max();
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

// Each connection is a file; some are kept for the database, pages, uploads and the shell.
std::size_t most_connections(std::size_t wanted, std::size_t open_files) {
  constexpr std::size_t kKeptFiles = 64;
  const std::size_t kept = kKeptFiles + open_files / 8;
  const std::size_t most = std::max<std::size_t>(open_files - std::min(open_files, kept), 1);
  if (most >= wanted) return wanted;
  log::warn(
      "the limit on open files ({}) leaves room for {} connections, not {}: raise it "
      "(ulimit -n, LimitNOFILE), or lower max_connections",
      open_files, most, wanted);
  return most;
}

// Large bodies come in bursts: their memory is to go back to the system afterwards (measured on
// 3,000 strings of 60 kB: 131 MiB stayed without this, 3 MiB with it).
void return_large_blocks() {
  constexpr int kLargeBytes = 64 * 1024;
  ::mallopt(M_MMAP_THRESHOLD, kLargeBytes);
}

}  // namespace

int serve(Config config) {
  if (const auto good = check_config(config); !good) {
    log::error("{}", good.error().message);
    return 1;
  }
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  config.max_connections = most_connections(config.max_connections, raise_file_limit());
  return_large_blocks();
  std::signal(SIGPIPE, SIG_IGN);
  // Before any thread is made, so that all of them leave these signals to this one.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto application = Application::start(config);
  if (!application) {
    log::error("{}", application.error().message);
    return 1;
  }
  for (const auto& address : (*application)->addresses())
    log::info("listening on http://{}", address);
  if (!config.public_url.empty()) log::info("people see it at {}", config.public_url);
  int signal = 0;
  sigwait(&signals, &signal);
  log::info("stopping: requests are finished, clients are told to come back");
  return 0;
}

}  // namespace parlor::app
