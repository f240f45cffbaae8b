// Requests in a closed loop: each connection asks for the next one when the last was answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "load/socket.h"

namespace parlor::bench {

class RequestLoop {
 public:
  // Makes the next request, as it goes over the wire.
  using NextRequest = std::function<std::string()>;

  struct Outcome {
    double seconds = 0;
    std::vector<std::uint32_t> latencies_us;  // one for each request, in the order of the answers
  };

  // Opens all connections; they are kept alive.
  RequestLoop(std::uint16_t port, std::size_t connections);

  // Both throw when an answer is neither 200 nor 201, or none comes for 30 s.
  Outcome run_for(double seconds, const NextRequest& next);
  Outcome run_count(std::size_t count, const NextRequest& next);

 private:
  using Clock = std::chrono::steady_clock;

  struct Connection {
    Fd fd;
    std::string input;
    Clock::time_point sent;
  };

  template <class More>
  Outcome run(const NextRequest& next, More more);
  void ask(Connection& connection, const NextRequest& next);
  bool read(Connection& connection, Outcome& outcome);

  Epoll epoll_;
  std::vector<Connection> connections_;
};

// A value of a query string.
std::string percent_encoded(const std::string& text);

}  // namespace parlor::bench
