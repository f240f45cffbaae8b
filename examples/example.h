// What the three examples share: the command line and the wait for SIGINT or SIGTERM.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "net/server.h"
#include "realtime/options.h"

namespace parlor::examples {

struct CommandLine {
  std::uint16_t port = 3000;
  unsigned threads = 1;
  realtime::EngineServerOptions engine;
  realtime::Milliseconds connect_timeout_ms = 45'000;

  // Both families, any address; nobody is limited.
  net::ServerOptions http() const;
};

// Reads the options; the values in `defaults` stand where none is given. Prints help or what is
// wrong and ends the program when told to. Blocks SIGINT and SIGTERM for all threads that follow.
CommandLine parse(int argc, char** argv, const char* about, CommandLine defaults);

// Waits for SIGINT or SIGTERM and returns the exit code: 0, or 1 when `http` did not start.
int run(Result<std::unique_ptr<net::HttpServer>> http);

}  // namespace parlor::examples
