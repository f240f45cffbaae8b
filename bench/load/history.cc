#include "load/history.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

#include "load/history_site.h"
#include "load/http.h"
#include "load/process.h"
#include "load/report.h"
#include "load/requests.h"
#include "load/servers.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

constexpr std::string_view kSmall = "10,000 messages";
constexpr std::string_view kLarge = "10,000,000 messages";
constexpr std::string_view kBase = "/api/conversation-v2/support";
constexpr std::size_t kReads = 10'000;
constexpr std::size_t kWarmUpReads = 200;
constexpr std::size_t kSearchRounds = 5;
constexpr double kSlowestFromMedian = 0.99;

// Words of every kind of rarity, beginnings of words, several of them, names, addresses, Arabic,
// and what is not there. bench/history/words.cc says how common they are.
const std::vector<std::string> kQueries = {"the",
                                           "order",
                                           "account",
                                           "refund",
                                           "t",
                                           "or",
                                           "acc",
                                           "deliv",
                                           "please help",
                                           "my order",
                                           "order refund",
                                           "can not login",
                                           "the invoice number",
                                           "maya",
                                           "maya stone",
                                           "noor.haddad",
                                           "selma.winter.12",
                                           "مرحبا",
                                           "طلب",
                                           "الطلب",
                                           "barotisel",
                                           "dendenzu",
                                           "lampshade",
                                           "xylophonist",
                                           "warranty code discount",
                                           "payment the to i is my"};

// Asks the server one thing after another on its connections.
class Questions {
 public:
  Questions(const Server& server, const HistorySite& site)
      : site_(site),
        agent_({"Authorization: Bearer " + site.account.agent_jwt}),
        admin_({"Authorization: Bearer " + site.account.admin_jwt}),
        one_(server.port, 1) {}

  std::vector<std::uint32_t> room_list() {
    return reads([&] { return get("/room", agent_); });
  }

  std::vector<std::uint32_t> message_page() {
    return reads([&] { return get("/message?limit=20&room_id=" + room(), agent_); });
  }

  std::vector<std::uint32_t> widget() {
    return reads([&] { return get("/widget", agent_); });
  }

  std::vector<std::uint32_t> searches(bool as_admin) {
    std::vector<std::uint32_t> all;
    for (const std::string& query : kQueries) {
      const auto target = "/room?search=" + percent_encoded(query);
      const auto ask = [&] { return get(target, as_admin ? admin_ : agent_); };
      one_.run_count(1, ask);
      const auto times = one_.run_count(kSearchRounds, ask).latencies_us;
      all.insert(all.end(), times.begin(), times.end());
      slowest_queries_.emplace(percentile(times, 0.5), query + (as_admin ? " (admin)" : ""));
    }
    return all;
  }

  void print_slowest_queries() const {
    std::size_t shown = 0;
    for (auto at = slowest_queries_.rbegin(); at != slowest_queries_.rend() && shown < 5;
         ++at, ++shown)
      std::printf("      search %-36s median %.1f ms\n", at->second.c_str(), at->first / 1e3);
  }

  std::string send() {
    return make_request(
        "POST", std::string(kBase) + "/message", agent_,
        "{\"room_id\":\"" + room() +
            "\",\"message\":{\"type\":\"text\",\"content\":\"We have sent the order "
            "again today, please tell us when the package arrives at your address "
            "number " +
            std::to_string(random_() % 100'000) + "\"}}");
  }

 private:
  std::string get(const std::string& target, const Headers& headers) const {
    return make_request("GET", std::string(kBase) + target, headers, "");
  }
  const std::string& room() { return site_.rooms[random_() % site_.rooms.size()]; }
  template <class Next>
  std::vector<std::uint32_t> reads(Next next) {
    one_.run_count(kWarmUpReads, next);
    return one_.run_count(kReads, next).latencies_us;
  }

  const HistorySite& site_;
  const Headers agent_;
  const Headers admin_;
  RequestLoop one_;
  std::mt19937 random_{20240229};
  std::multimap<double, std::string> slowest_queries_;
};

// Until the server has nothing to do any more: the indexer has caught up. Since when that was so,
// to a tenth of a second.
std::chrono::steady_clock::time_point wait_until_idle(pid_t server) {
  constexpr std::chrono::milliseconds kWindow(100);
  constexpr double kIdleSeconds = 0.01;
  constexpr int kIdleWindows = 3;
  auto since = std::chrono::steady_clock::now();
  int idle = 0;
  for (int n = 0; n < 3'000; ++n) {
    const double before = cpu_seconds(server);
    std::this_thread::sleep_for(kWindow);
    if (cpu_seconds(server) - before > kIdleSeconds) {
      since = std::chrono::steady_clock::now();
      idle = 0;
    } else if (++idle == kIdleWindows) {
      return since;
    }
  }
  throw std::runtime_error("the server does not come to rest");
}

std::vector<Figure> latency_figures(std::string_view p50, std::string_view p99,
                                    const std::vector<std::uint32_t>& times) {
  return {{p50, percentile(times, 0.5) / 1e3}, {p99, percentile(times, kSlowestFromMedian) / 1e3}};
}

// Sends per second, the time until the index holds them included.
std::vector<Figure> measure_sends(const Options& options, const Server& server, pid_t pid,
                                  Questions& questions) {
  RequestLoop many(server.port, options.connections);
  const auto next = [&] { return questions.send(); };
  many.run_for(options.warmup, next);
  wait_until_idle(pid);
  const double cpu = cpu_seconds(pid);
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = many.run_for(options.seconds, next);
  const double all = std::chrono::duration<double>(wait_until_idle(pid) - start).count();
  const auto sends = static_cast<double>(outcome.latencies_us.size());
  return {{"sends_per_second", sends / all},
          {"send_p99_ms", percentile(outcome.latencies_us, kSlowestFromMedian) / 1e3},
          {"cpu_us_per_send", (cpu_seconds(pid) - cpu) * 1e6 / sends}};
}

void measure(const Options& options, std::string_view cell, const HistorySite& site, int round,
             Report& report) {
  const std::string data = options.work + "/history";
  copy_site(site, data);
  const auto servers = history_servers(options);
  if (servers.empty()) throw std::runtime_error("there is no server to measure");
  const Server& server = servers.front();
  {
    const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
    wait_until_idle(process.pid());
    Questions questions(server, site);
    std::vector<Figure> figures;
    const auto add = [&](const std::vector<Figure>& more) {
      figures.insert(figures.end(), more.begin(), more.end());
    };
    add(latency_figures("list_p50_ms", "list_p99_ms", questions.room_list()));
    add(latency_figures("page_p50_ms", "page_p99_ms", questions.message_page()));
    add(latency_figures("widget_p50_ms", "widget_p99_ms", questions.widget()));
    add(latency_figures("search_p50_ms", "search_p99_ms", questions.searches(false)));
    add(latency_figures("admin_search_p50_ms", "admin_search_p99_ms", questions.searches(true)));
    add(measure_sends(options, server, process.pid(), questions));
    figures.push_back(
        {"resident_mib", static_cast<double>(resident_bytes(process.pid())) / 1048576});
    report.add(std::string(kParlorTitle), std::string(cell), round, figures);
    std::printf("  %s, round %d\n", std::string(cell).c_str(), round);
    questions.print_slowest_queries();
    std::fflush(stdout);
  }
  std::filesystem::remove_all(data);
}

void print_bars(const Report& report) {
  const auto value = [&](std::string_view cell, std::string_view figure) {
    return report.value(kParlorTitle, cell, figure);
  };
  const auto growth = [&](std::string_view figure) {
    return value(kLarge, figure) / value(kSmall, figure);
  };
  std::printf("A thousand times the history, against the small one\n");
  report.print_bar("  room list, p99", growth("list_p99_ms"), 1.5, false, "x");
  report.print_bar("  message page, p99", growth("page_p99_ms"), 1.5, false, "x");
  report.print_bar("  sends per second, indexing included", growth("sends_per_second"), 0.8, true,
                   "x");
  std::printf("With the long history\n");
  report.print_bar("  search as an agent, p99", value(kLarge, "search_p99_ms"), 100, false, " ms");
  report.print_bar("  search as an admin, p99", value(kLarge, "admin_search_p99_ms"), 100, false,
                   " ms");
  report.print_bar("  GET /widget, p99", value(kLarge, "widget_p99_ms"), 5, false, " ms");
}

}  // namespace

void run_history(const Options& options) {
  const auto small = history_site(options, 1'000, 10'000);
  const auto large = history_site(options, 1'000'000, 10'000'000);
  Report report("history", options.json);
  for (int round = 1; round <= options.rounds; ++round) {
    measure(options, kSmall, small, round, report);
    measure(options, kLarge, large, round, report);
  }
  report.print_table({{"list_p50_ms", "list p50", 2},
                      {"list_p99_ms", "p99 ms", 2},
                      {"page_p50_ms", "page p50", 2},
                      {"page_p99_ms", "p99 ms", 2},
                      {"widget_p99_ms", "widget p99", 2},
                      {"search_p50_ms", "search p50", 2},
                      {"search_p99_ms", "p99 ms", 2},
                      {"admin_search_p99_ms", "admin p99", 2},
                      {"sends_per_second", "sends/s", 0},
                      {"cpu_us_per_send", "CPU us", 0},
                      {"resident_mib", "RSS MiB", 0}});
  print_bars(report);
}

}  // namespace parlor::bench
