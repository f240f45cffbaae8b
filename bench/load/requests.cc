#include "load/requests.h"

#include <sys/socket.h>

#include <stdexcept>

#include "load/http.h"

namespace parlor::bench {
namespace {

constexpr std::chrono::seconds kPatience(30);

}  // namespace

RequestLoop::RequestLoop(std::uint16_t port, std::size_t connections) : connections_(connections) {
  for (std::size_t n = 0; n < connections_.size(); ++n) {
    connections_[n].fd = try_connect(port, kPatience);
    if (!connections_[n].fd) throw std::runtime_error("nobody listens any more");
    epoll_.add(connections_[n].fd.get(), EPOLLIN, n);
  }
}

void RequestLoop::ask(Connection& connection, const NextRequest& next) {
  const std::string request = next();
  connection.sent = Clock::now();
  if (::send(connection.fd.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    throw std::runtime_error("a request could not be written");
}

// Whether the answer is complete.
bool RequestLoop::read(Connection& connection, Outcome& outcome) {
  char chunk[65536];
  const ssize_t got = ::recv(connection.fd.get(), chunk, sizeof chunk, MSG_DONTWAIT);
  if (got <= 0) throw std::runtime_error("the server closed a keep-alive connection");
  connection.input.append(chunk, static_cast<std::size_t>(got));
  const auto response = parse_response(connection.input);
  if (!response) return false;
  if (response->status != 200 && response->status != 201)
    throw std::runtime_error("answered " + std::to_string(response->status) + " " +
                             std::string(response->body));
  outcome.latencies_us.push_back(static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - connection.sent)
          .count()));
  connection.input.clear();
  return true;
}

template <class More>
RequestLoop::Outcome RequestLoop::run(const NextRequest& next, More more) {
  Outcome outcome;
  const auto start = Clock::now();
  std::size_t busy = 0;
  for (Connection& connection : connections_) {
    if (!more(busy)) break;
    ask(connection, next);
    ++busy;
  }
  for (std::size_t asked = busy; busy > 0;) {
    const auto ready = epoll_.wait(kPatience);
    if (ready.empty()) throw std::runtime_error("no answer for 30 s");
    for (const epoll_event& event : ready) {
      Connection& connection = connections_[event.data.u64];
      if (!read(connection, outcome)) continue;
      if (more(asked)) {
        ask(connection, next);
        ++asked;
      } else {
        --busy;
      }
    }
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return outcome;
}

RequestLoop::Outcome RequestLoop::run_for(double seconds, const NextRequest& next) {
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(seconds));
  return run(next, [until](std::size_t) { return Clock::now() < until; });
}

RequestLoop::Outcome RequestLoop::run_count(std::size_t count, const NextRequest& next) {
  return run(next, [count](std::size_t asked) { return asked < count; });
}

std::string percent_encoded(const std::string& text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

}  // namespace parlor::bench
