#include "load/fanout.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "load/crowd.h"
#include "load/process.h"
#include "load/report.h"
#include "load/servers.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kDefaultClients = 1000;
constexpr std::string_view kHead = "42[\"msg\",\"";
constexpr std::size_t kArgumentBytes = 128;  // the first eight are the message's number
constexpr std::size_t kIdDigits = 8;
constexpr std::size_t kMostInFlight = 256;

// Room holds the connected clients of one server and pushes messages through them.
class Room {
 public:
  Room(const Endpoint& endpoint, std::size_t clients) : crowd_(epoll_, 0), next_id_of_(clients, 0) {
    crowd_.connect(endpoint, clients, {});
    payload_ = std::string(kHead) + std::string(kArgumentBytes, 'x') + "\"]";
  }

  struct Outcome {
    std::uint64_t deliveries = 0;
    double seconds = 0;
    std::vector<std::uint32_t> latencies_us;  // of a message: from sent to received by everyone
  };

  // Keeps `window` messages in flight for `seconds`, then waits until all have arrived.
  Outcome run(int window, double seconds) {
    const auto start = Clock::now();
    const auto until = start + std::chrono::duration<double>(seconds);
    outcome_ = {};
    int to_send = window;
    while (to_send > 0 || in_flight_ > 0) {
      for (; to_send > 0; --to_send) send_one();
      crowd_.flush(0);
      const int before = in_flight_;
      wait_once();
      if (Clock::now() < until) to_send = before - in_flight_;
    }
    outcome_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return std::move(outcome_);
  }

 private:
  struct InFlight {
    std::size_t missing = 0;
    Clock::time_point sent;
  };

  void send_one() {
    in_flight_slots_[sent_ % kMostInFlight] = {crowd_.size(), Clock::now()};
    std::array<char, kIdDigits + 1> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", sent_++);
    payload_.replace(kHead.size(), kIdDigits, digits.data(), kIdDigits);
    crowd_.client(0).send_text(payload_);
    ++in_flight_;
  }

  void wait_once() {
    const std::uint64_t before = outcome_.deliveries;
    crowd_.poll(
        std::chrono::milliseconds(1000),
        [this](std::size_t client, std::string_view payload) { received(client, payload); });
    if (outcome_.deliveries > before) {
      last_delivery_ = Clock::now();
    } else if (Clock::now() - last_delivery_ > std::chrono::seconds(15)) {
      throw std::runtime_error("no delivery for 15 s");
    }
  }

  void received(std::size_t client, std::string_view payload) {
    std::uint32_t id = 0;
    if (payload.size() != payload_.size()) throw std::runtime_error("a changed message");
    const char* digits = payload.data() + kHead.size();
    std::from_chars(digits, digits + kIdDigits, id, 16);
    if (id != next_id_of_[client]++)
      throw std::runtime_error("a message lost, doubled or out of order");
    ++outcome_.deliveries;
    InFlight& message = in_flight_slots_[id % kMostInFlight];
    if (--message.missing > 0) return;
    --in_flight_;
    outcome_.latencies_us.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - message.sent)
            .count()));
  }

  Epoll epoll_;
  Crowd crowd_;
  std::string payload_;
  std::uint32_t sent_ = 0;
  int in_flight_ = 0;
  std::array<InFlight, kMostInFlight> in_flight_slots_;
  std::vector<std::uint32_t> next_id_of_;  // by client: servers must keep the order
  Clock::time_point last_delivery_ = Clock::now();
  Outcome outcome_;
};

std::string cell_name(int window) { return "W=" + std::to_string(window); }

void measure(const Options& options, const Server& server, int round, Report& report) {
  const std::size_t clients = options.clients > 0 ? options.clients : kDefaultClients;
  const ServerProcess process(server.command(options.work), server.port,
                              options.work + "/" + server.name + ".log", server.ready);
  Room room(server.endpoint(), clients);
  for (const int window : options.windows) {
    room.run(window, options.warmup);
    const double own_before = cpu_seconds(::getpid());
    const double before = cpu_seconds(process.pid());
    const Room::Outcome outcome = room.run(window, options.seconds);
    const double cpu = cpu_seconds(process.pid()) - before;
    const double own_cpu = cpu_seconds(::getpid()) - own_before - cpu;
    const auto deliveries = static_cast<double>(outcome.deliveries);
    report.add(server.title, cell_name(window), round,
               {{"cpu_us_per_delivery", cpu * 1e6 / deliveries},
                {"deliveries_per_cpu_second", deliveries / cpu},
                {"deliveries_per_second", deliveries / outcome.seconds},
                {"p50_ms", percentile(outcome.latencies_us, 0.5) / 1e3},
                {"p99_ms", percentile(outcome.latencies_us, 0.99) / 1e3},
                {"server_busy_percent", cpu / outcome.seconds * 100},
                {"generator_busy_percent", own_cpu / outcome.seconds * 100},
                {"resident_mib", static_cast<double>(resident_bytes(process.pid())) / 1048576}});
    std::printf("  %-34s %-5s round %d: %.2f us per delivery, %.0f deliveries/s\n",
                server.title.c_str(), cell_name(window).c_str(), round, cpu * 1e6 / deliveries,
                deliveries / outcome.seconds);
    std::fflush(stdout);
  }
}

void print_bars(const Report& report) {
  const auto ratio = [&](const std::string& cell, std::string_view peer) {
    constexpr std::string_view kFigure = "deliveries_per_cpu_second";
    return report.value(kChatTitle, cell, kFigure) / report.value(peer, cell, kFigure);
  };
  std::printf("Deliveries per server CPU second, Parlor against\n");
  report.print_bar("  Socket.IO on Node.js, W=1", ratio("W=1", kNodeTitle), 1.8, true, "x");
  report.print_bar("  Socket.IO on Node.js, W=4", ratio("W=4", kNodeTitle), 4.5, true, "x");
  report.print_bar("  Socket.IO on Node.js, W=32", ratio("W=32", kNodeTitle), 20, true, "x");
  report.print_bar("  Bun, raw WebSockets, W=4", ratio("W=4", kBunTitle), 0.9, true, "x");
}

}  // namespace

void run_fanout(const Options& options) {
  Report report("fanout", options.json);
  for (int round = 1; round <= options.rounds; ++round) {
    for (const Server& server : fanout_servers(options)) measure(options, server, round, report);
  }
  report.print_table({{"cpu_us_per_delivery", "CPU us/dlv.", 2},
                      {"deliveries_per_second", "deliveries/s", 0},
                      {"p50_ms", "p50 ms", 2},
                      {"p99_ms", "p99 ms", 2},
                      {"server_busy_percent", "server busy %", 0},
                      {"generator_busy_percent", "load busy %", 0},
                      {"resident_mib", "RSS MiB", 1}});
  print_bars(report);
}

}  // namespace parlor::bench
