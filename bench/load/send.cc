#include "load/send.h"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/value_to.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "load/crowd.h"
#include "load/disk.h"
#include "load/http.h"
#include "load/parlor_site.h"
#include "load/process.h"
#include "load/report.h"
#include "load/servers.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

using Clock = std::chrono::steady_clock;

// What a server was found to offer.
struct Site {
  std::string token;
  std::vector<std::string> rooms;
  Endpoint listener;
  std::string listener_auth;
};

Site site_of_peer(const Server& server, const Options& options) {
  HttpClient http(server.port);
  const auto answer = http.get("/setup?rooms=" + std::to_string(options.rooms));
  Site site;
  site.token = boost::json::value_to<std::string>(answer.at("token"));
  site.rooms = boost::json::value_to<std::vector<std::string>>(answer.at("rooms"));
  site.listener = server.endpoint();
  if (server.protocol == Protocol::raw) site.listener.path = "/?token=" + site.token;
  site.listener_auth = "{\"token\":\"" + site.token + "\"}";
  return site;
}

// The listeners are an administrator's sockets: they may see every room whoever is assigned.
Site site_of_parlor(const Server& server, const Options& options, const DemoAccount& account) {
  constexpr std::size_t kRoomsOfAVisitor = 10;
  HttpClient http(server.port);
  const auto visitors = open_sessions(http, account, 1 + options.rooms / kRoomsOfAVisitor);
  return {account.agent_jwt, open_rooms(http, account, visitors, options.rooms), server.endpoint(),
          "{\"token\":\"" + account.admin_jwt + "\"}"};
}

// Sentences of 20 words out of 2,000, so that a full-text index has something to do.
class Writer {
 public:
  Writer() {
    for (std::size_t n = 0; n < 2000; ++n) {
      std::string word;
      for (std::size_t length = 3 + random_() % 6; length > 0; --length) {
        word.push_back(static_cast<char>('a' + random_() % 26));
      }
      words_.push_back(std::move(word));
    }
  }

  std::string sentence() {
    std::string text;
    for (int n = 0; n < 20; ++n) text.append(words_[random_() % words_.size()]).append(" ");
    text.pop_back();
    return text;
  }

  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  std::mt19937 random_{20240229};  // the same sentences for every server
  std::vector<std::string> words_;
};

// Senders drives the HTTP connections: each sends its next message when the last one was answered.
class Senders {
 public:
  Senders(const Server& server, const Site& site, const Options& options)
      : site_(site), connections_(options.connections), listeners_(epoll_, kListenerTag) {
    listeners_.connect(site.listener, options.listeners,
                       [&](std::size_t) { return site_.listener_auth; });
    for (std::size_t n = 0; n < connections_.size(); ++n) {
      connections_[n].fd = try_connect(server.port, std::chrono::seconds(20));
      epoll_.add(connections_[n].fd.get(), EPOLLIN, n);
    }
    headers_ = {"Authorization: Bearer " + site.token};
  }

  struct Outcome {
    std::uint64_t requests = 0;
    double seconds = 0;
    std::vector<std::uint32_t> latencies_us;
  };

  Outcome run(double seconds) {
    const auto start = Clock::now();
    until_ =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    outcome_ = {};
    for (Connection& connection : connections_) send_one(connection);
    while (busy_ > 0) wait_once();
    outcome_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return std::exchange(outcome_, {});
  }

  // Waits for what the listeners still miss; how many events of acknowledged messages never came.
  std::uint64_t missing_broadcasts() {
    const auto limit = Clock::now() + std::chrono::seconds(3);
    const std::uint64_t expected = acknowledged_ * listeners_.size();
    while (heard_ < expected && Clock::now() < limit) poll(std::chrono::milliseconds(100));
    return expected - std::min(heard_, expected);
  }

 private:
  static constexpr std::uint64_t kListenerTag = 1'000'000;

  struct Connection {
    Fd fd;
    std::string input;
    Clock::time_point sent;
  };

  void send_one(Connection& connection) {
    const std::string body = "{\"room_id\":\"" + site_.rooms[writer_.below(site_.rooms.size())] +
                             "\",\"message\":{\"type\":\"text\",\"content\":\"" +
                             writer_.sentence() +
                             "\"},\"new_room\":false,\"integration_app\":null}";
    const std::string request =
        make_request("POST", "/api/conversation-v2/support/message", headers_, body);
    connection.sent = Clock::now();
    if (::send(connection.fd.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      throw std::runtime_error("a request could not be written");
    }
    ++busy_;
  }

  void wait_once() {
    if (poll(std::chrono::milliseconds(1000))) {
      last_answer_ = Clock::now();
    } else if (Clock::now() - last_answer_ > std::chrono::seconds(15)) {
      throw std::runtime_error("no answer for 15 s");
    }
  }

  // Whether an answer came.
  bool poll(std::chrono::milliseconds timeout) {
    const std::uint64_t before = acknowledged_;
    for (const epoll_event& event : epoll_.wait(timeout)) {
      if (listeners_.owns(event.data.u64)) {
        listeners_.handle(event, [this](std::size_t, std::string_view payload) { hear(payload); });
      } else {
        read(connections_[event.data.u64]);
      }
    }
    return acknowledged_ > before;
  }

  void hear(std::string_view payload) {
    if (payload.find("\"newMessage\"") != std::string_view::npos) ++heard_;
  }

  void read(Connection& connection) {
    char chunk[16384];
    const ssize_t got = ::recv(connection.fd.get(), chunk, sizeof chunk, MSG_DONTWAIT);
    if (got <= 0) throw std::runtime_error("the server closed a keep-alive connection");
    connection.input.append(chunk, static_cast<std::size_t>(got));
    const auto response = parse_response(connection.input);
    if (!response) return;
    if (response->status != 200) {
      throw std::runtime_error("answered " + std::to_string(response->status) + " " +
                               std::string(response->body));
    }
    const auto now = Clock::now();
    outcome_.latencies_us.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - connection.sent).count()));
    ++outcome_.requests;
    ++acknowledged_;
    --busy_;
    connection.input.clear();
    if (now < until_) send_one(connection);
  }

  const Site& site_;
  Epoll epoll_;
  std::vector<Connection> connections_;
  Crowd listeners_;
  Headers headers_;
  Writer writer_;
  std::size_t busy_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t heard_ = 0;
  Clock::time_point until_;
  Clock::time_point last_answer_ = Clock::now();
  Outcome outcome_;
};

// What one run has cost.
struct Cost {
  double server_cpu = 0;
  double postgres_cpu = 0;
  double generator_cpu = 0;
  std::uint64_t resident = 0;
};

void record(const Server& server, int round, const Senders::Outcome& outcome, const Cost& cost,
            std::uint64_t missing, Report& report) {
  const auto requests = static_cast<double>(outcome.requests);
  std::vector<Figure> figures{
      {"requests_per_second", requests / outcome.seconds},
      {"p50_ms", percentile(outcome.latencies_us, 0.5) / 1e3},
      {"p99_ms", percentile(outcome.latencies_us, 0.99) / 1e3},
      {"cpu_us_per_request", (cost.server_cpu + cost.postgres_cpu) * 1e6 / requests},
      {"missing_broadcasts", static_cast<double>(missing)},
      {"resident_mib", static_cast<double>(cost.resident) / 1048576},
      {"generator_busy_percent", cost.generator_cpu / outcome.seconds * 100}};
  if (cost.postgres_cpu > 0) {
    figures.push_back({"node_cpu_us_per_request", cost.server_cpu * 1e6 / requests});
    figures.push_back({"postgres_cpu_us_per_request", cost.postgres_cpu * 1e6 / requests});
  }
  report.add(server.title, "", round, figures);
  std::printf("  %-34s round %d: %.0f requests/s\n", server.title.c_str(), round,
              requests / outcome.seconds);
  std::fflush(stdout);
}

Cost cost_until_now(pid_t server, pid_t postgres) {
  Cost cost;
  cost.server_cpu = cpu_seconds(server);
  cost.generator_cpu = cpu_seconds(::getpid()) - cost.server_cpu;
  cost.resident = resident_bytes(server);
  if (postgres > 0) {
    cost.postgres_cpu = cpu_seconds(postgres);
    cost.resident += resident_bytes(postgres);
  }
  return cost;
}

void measure(const Options& options, const Server& server, int round, Report& report) {
  const std::string data = options.work + "/send-" + server.name + "-" + std::to_string(round);
  std::filesystem::create_directories(data);
  const bool is_parlor = server.title == kParlorTitle;
  const DemoAccount account = is_parlor ? demo_account(options.parlor, data) : DemoAccount{};
  {
    const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
    const Site site =
        is_parlor ? site_of_parlor(server, options, account) : site_of_peer(server, options);
    const pid_t postgres = server.title == kFastifyTitle ? options.postgres_pid : 0;
    Senders senders(server, site, options);
    senders.run(options.warmup);
    Cost cost = cost_until_now(process.pid(), postgres);
    const Senders::Outcome outcome = senders.run(options.seconds);
    const Cost after = cost_until_now(process.pid(), postgres);
    cost.server_cpu = after.server_cpu - cost.server_cpu;
    cost.postgres_cpu = after.postgres_cpu - cost.postgres_cpu;
    cost.generator_cpu = after.generator_cpu - cost.generator_cpu;
    cost.resident = after.resident;
    record(server, round, outcome, cost, senders.missing_broadcasts(), report);
  }
  std::filesystem::remove_all(data);
}

void print_bars(const Report& report) {
  const auto ratio = [&](std::string_view peer) {
    return report.value(kParlorTitle, "", "requests_per_second") /
           report.value(peer, "", "requests_per_second");
  };
  std::printf("Durable sends per second, Parlor against\n");
  report.print_bar("  Fastify + Socket.IO + PostgreSQL", ratio(kFastifyTitle), 5, true, "x");
  report.print_bar("  Bun + bun:sqlite", ratio(kBunSqliteTitle), 5, true, "x");
  report.print_bar("Parlor's p99", report.value(kParlorTitle, "", "p99_ms"), 20, false, " ms");
}

}  // namespace

void run_send(const Options& options) {
  Report report("send", options.json);
  std::printf("  one fdatasync of 4 KiB takes %.2f ms on this disk\n", fdatasync_ms(options.work));
  for (int round = 1; round <= options.rounds; ++round) {
    for (const Server& server : send_servers(options)) measure(options, server, round, report);
  }
  report.print_table({{"requests_per_second", "requests/s", 0},
                      {"p50_ms", "p50 ms", 2},
                      {"p99_ms", "p99 ms", 2},
                      {"cpu_us_per_request", "CPU us/req.", 1},
                      {"node_cpu_us_per_request", "of it Node", 1},
                      {"postgres_cpu_us_per_request", "PostgreSQL", 1},
                      {"missing_broadcasts", "events lost", 0},
                      {"generator_busy_percent", "load busy %", 0},
                      {"resident_mib", "RSS MiB", 1}});
  print_bars(report);
}

}  // namespace parlor::bench
