#include "load/idle.h"

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "load/crowd.h"
#include "load/parlor_site.h"
#include "load/process.h"
#include "load/report.h"
#include "load/servers.h"

namespace parlor::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kDefaultClients = 8000;
constexpr std::size_t kClientsOfAnAgent = 16;  // one connection in so many is an agent's

void settle(Crowd& crowd, double seconds) {
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < until) {
    crowd.poll(std::chrono::milliseconds(100), [](std::size_t, std::string_view) {});
  }
}

void measure(const Options& options, const Server& server, const std::string& data,
             const Crowd::AuthOf& auth_of, int round, Report& report) {
  const std::size_t clients = options.clients > 0 ? options.clients : kDefaultClients;
  const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
  Epoll epoll;
  {
    // The first connections bring in code and tables that belong to no connection.
    Crowd first(epoll, clients);
    first.connect(server.endpoint(), 16, auth_of);
    settle(first, 0.5);
  }
  const std::uint64_t before = resident_bytes(process.pid());
  Crowd crowd(epoll, 0);
  crowd.connect(server.endpoint(), clients, auth_of);
  settle(crowd, options.settle);
  const std::uint64_t after = resident_bytes(process.pid());
  const double each = (static_cast<double>(after) - static_cast<double>(before)) / 1024 /
                      static_cast<double>(clients);
  report.add(server.title, "", round,
             {{"clients", static_cast<double>(clients)},
              {"kib_per_connection", each},
              {"before_mib", static_cast<double>(before) / 1048576},
              {"after_mib", static_cast<double>(after) / 1048576}});
  std::printf("  %-34s round %d: %.2f KiB per connection\n", server.title.c_str(), round, each);
  std::fflush(stdout);
}

// Makes the sessions in a server of their own, so that their making is not in the memory measured.
std::vector<Visitor> make_visitors(const Server& server, const std::string& data,
                                   const DemoAccount& account, std::size_t count) {
  const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
  HttpClient http(server.port);
  return open_sessions(http, account, count);
}

void measure_parlor(const Options& options, const Server& server, const std::string& data,
                    int round, Report& report) {
  const std::size_t clients = options.clients > 0 ? options.clients : kDefaultClients;
  const DemoAccount account = demo_account(options.parlor, data);
  const auto visitors = make_visitors(server, data, account, clients);
  const auto auth_of = [&](std::size_t n) {
    if (n % kClientsOfAnAgent == 0) return "{\"token\":\"" + account.agent_jwt + "\"}";
    return "{\"support_token\":\"" + account.support_token + "\",\"session_id\":\"" +
           visitors.at(n).session_id + "\",\"device_id\":\"" + visitors.at(n).device_id + "\"}";
  };
  measure(options, server, data, auth_of, round, report);
}

}  // namespace

void run_idle(const Options& options) {
  Report report("idle", options.json);
  for (int round = 1; round <= options.rounds; ++round) {
    for (const Server& server : idle_servers(options)) {
      const std::string data = options.work + "/idle-" + server.name + "-" + std::to_string(round);
      std::filesystem::create_directories(data);
      if (server.title == kParlorTitle) {
        measure_parlor(options, server, data, round, report);
      } else {
        measure(options, server, data, {}, round, report);
      }
      std::filesystem::remove_all(data);
    }
  }
  report.print_table({{"clients", "connections", 0},
                      {"kib_per_connection", "KiB each", 2},
                      {"before_mib", "RSS before", 1},
                      {"after_mib", "RSS after", 1}});
  report.print_bar("Parlor, memory of an idle authenticated connection",
                   report.value(kParlorTitle, "", "kib_per_connection"), 2, false, " KiB");
  report.print_bar("examples/chat, memory of an idle connection",
                   report.value(kChatTitle, "", "kib_per_connection"), 2, false, " KiB");
}

}  // namespace parlor::bench
