#include "load/presence.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "load/crowd.h"
#include "load/http.h"
#include "load/parlor_site.h"
#include "load/process.h"
#include "load/report.h"
#include "load/servers.h"

namespace parlor::bench {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t kDefaultClients = 1'000;  // each in a room of its own
constexpr double kEventsPerSecond = 10'000;

std::string room_of(std::size_t client) { return "ticket_bench-" + std::to_string(client); }

void join_rooms(Crowd& crowd, HttpClient& http, const std::string& token) {
  for (std::size_t n = 0; n < crowd.size(); ++n) {
    crowd.client(n).send_text("42[\"room:join\",{\"room\":\"" + room_of(n) + "\"}]");
    crowd.flush(n);
    crowd.poll(std::chrono::milliseconds(0), [](std::size_t, std::string_view) {});
  }
  // A member alone may say that they are there: 404 and 409 until then.
  const auto limit = Clock::now() + std::chrono::seconds(30);
  for (std::size_t n = 0; n < crowd.size();) {
    try {
      http.post("/support/bench-" + std::to_string(n) + "/typing",
                {"Authorization: Bearer " + token}, boost::json::object());
      ++n;
    } catch (const std::runtime_error&) {
      if (Clock::now() > limit) throw;
    }
  }
}

// Size and time of the database and its log. (Its third file is memory that readers share.)
std::string fingerprint(const std::string& data) {
  std::string text;
  for (const auto* name : {"/parlor.db", "/parlor.db-wal"}) {
    const fs::path path(data + name);
    if (!fs::exists(path)) continue;
    text += std::string(name) + " " + std::to_string(fs::file_size(path)) + " " +
            std::to_string(fs::last_write_time(path).time_since_epoch().count()) + "\n";
  }
  return text;
}

// Sends for so long at the rate; answers how many were sent.
std::size_t send_for(Crowd& crowd, double seconds) {
  const auto begin = Clock::now();
  std::size_t sent = 0;
  while (true) {
    const double passed = std::chrono::duration<double>(Clock::now() - begin).count();
    if (passed >= seconds) return sent;
    const auto due = static_cast<std::size_t>(passed * kEventsPerSecond);
    for (; sent < due; ++sent) {
      const std::size_t n = sent % crowd.size();
      crowd.client(n).send_text("42[\"room:presence\",{\"room\":\"" + room_of(n) +
                                "\",\"typing\":false}]");
      crowd.flush(n);
    }
    crowd.poll(std::chrono::milliseconds(1), [](std::size_t, std::string_view) {});
  }
}

void measure(const Options& options, const Server& server, const std::string& data, int round,
             Report& report) {
  const std::size_t clients = options.clients > 0 ? options.clients : kDefaultClients;
  const DemoAccount account = demo_account(options.parlor, data);
  const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
  HttpClient http(server.port);
  Epoll epoll;
  Crowd crowd(epoll, 0);
  crowd.connect(server.endpoint(), clients,
                [&](std::size_t) { return "{\"token\":\"" + account.agent_jwt + "\"}"; });
  join_rooms(crowd, http, account.agent_jwt);
  send_for(crowd, options.warmup);

  const auto files = fingerprint(data);
  const auto memory = resident_bytes(process.pid());
  const double cpu = cpu_seconds(process.pid());
  const auto begin = Clock::now();
  const auto sent = send_for(crowd, options.seconds);
  const double took = std::chrono::duration<double>(Clock::now() - begin).count();
  const double used = cpu_seconds(process.pid()) - cpu;
  const auto memory_after = resident_bytes(process.pid());
  const bool wrote = fingerprint(data) != files;
  report.add(server.title, "", round,
             {{"rooms", static_cast<double>(clients)},
              {"events_per_second", static_cast<double>(sent) / took},
              {"core_percent", 100 * used / took},
              {"cpu_us_per_event", 1e6 * used / static_cast<double>(sent)},
              {"before_mib", static_cast<double>(memory) / 1048576},
              {"after_mib", static_cast<double>(memory_after) / 1048576},
              {"database_written", wrote ? 1.0 : 0.0}});
}

}  // namespace

void run_presence(const Options& options) {
  Report report("presence", options.json);
  for (int round = 1; round <= options.rounds; ++round) {
    for (const Server& server : idle_servers(options)) {
      if (server.title != kParlorTitle) continue;
      const std::string data = options.work + "/presence-" + std::to_string(round);
      fs::create_directories(data);
      measure(options, server, data, round, report);
      fs::remove_all(data);
    }
  }
  report.print_table({{"rooms", "rooms", 0},
                      {"events_per_second", "events/s", 0},
                      {"core_percent", "% of a core", 1},
                      {"cpu_us_per_event", "CPU us each", 2},
                      {"before_mib", "RSS before", 1},
                      {"after_mib", "RSS after", 1},
                      {"database_written", "database written", 0}});
  report.print_bar("Parlor, 10,000 unchanged presences a second",
                   report.value(kParlorTitle, "", "core_percent"), 20, false, " % of a core");
}

}  // namespace parlor::bench
