// Another program, run on a stranger's file: it may read files and write one, use so much memory
// and time, and nothing else.
//
//   no network: sockets cannot be made (seccomp), no new privileges, no core dump
//   memory, processor time and the size of what it writes are limited; it ends with its parent
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace parlor::blobs {

struct SandboxLimits {
  std::size_t memory_bytes = std::size_t{768} << 20;  // of address space
  unsigned processor_seconds = 8;
  std::chrono::milliseconds wall_time{20'000};
  std::size_t file_bytes = std::size_t{8} << 20;     // that it may write
  std::size_t output_bytes = std::size_t{64} << 10;  // of its standard output that are kept
};

// The path of a program in /usr/local/bin, /usr/bin or /bin; empty when it is not installed.
std::string find_program(const std::string& name);

// Runs `command` (a path, then its arguments) with the environment `variables` ("A=b") alone and
// waits for its end. Its standard output; unavailable when it could not be run, ended with anything
// but 0 or was stopped at a limit. Blocks. From any thread.
Result<std::string> run_sandboxed(const std::vector<std::string>& command,
                                  const std::vector<std::string>& variables,
                                  const SandboxLimits& limits = {});

}  // namespace parlor::blobs
