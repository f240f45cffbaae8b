#include "example.h"

#include <csignal>
#include <cstdlib>
#include <iostream>

#include <CLI/CLI.hpp>

namespace parlor::examples {
namespace {

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

net::ServerOptions CommandLine::http() const {
  net::ServerOptions options;
  options.listen = {"*:" + std::to_string(port)};
  options.threads = threads;
  options.max_new_per_second_and_address = 1'000'000;
  options.max_open_per_address = 1'000'000;
  return options;
}

CommandLine parse(int argc, char** argv, const char* about, CommandLine line) {
  CLI::App app(about);
  app.add_option("--port", line.port, "to listen on, IPv4 and IPv6; 0: any")->capture_default_str();
  app.add_option("--threads", line.threads, "I/O threads")->capture_default_str();
  app.add_option("--ping-interval", line.engine.engine.ping_interval_ms, "ms")
      ->capture_default_str();
  app.add_option("--ping-timeout", line.engine.engine.ping_timeout_ms, "ms")->capture_default_str();
  app.add_option("--connect-timeout", line.connect_timeout_ms, "ms")->capture_default_str();
  app.add_option("--max-payload", line.engine.engine.maximum_payload, "bytes")
      ->capture_default_str();
  app.add_option("--cors", line.engine.cors_origins, "origins, or *")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  const auto signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return line;
}

int run(Result<std::unique_ptr<net::HttpServer>> http) {
  if (!http) {
    std::cerr << http.error().message << "\n";
    return 1;
  }
  for (const auto& address : (*http)->addresses()) std::cout << "listening on " << address << "\n";
  std::cout.flush();
  const auto signals = end_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  (*http)->drain(std::chrono::seconds(1));
  return 0;
}

}  // namespace parlor::examples
