#include "load/orders.h"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "load/http.h"
#include "load/parlor_site.h"
#include "load/process.h"
#include "load/report.h"
#include "load/requests.h"
#include "load/servers.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

namespace files = std::filesystem;

constexpr std::int64_t kRooms = 1'000'000;
constexpr std::size_t kReads = 500;
constexpr std::size_t kWarmUpReads = 20;
constexpr double kSlowestFromMedian = 0.99;
constexpr std::string_view kCell = "500 of 1,000,000 rooms";

std::string site(const Options& options) {
  const auto directory = files::path(options.data) / ("orders-" + std::to_string(kRooms));
  if (files::exists(directory / "orders.built")) return directory;
  std::printf("  building %s\n", directory.c_str());
  std::fflush(stdout);
  files::remove_all(directory);
  files::create_directories(directory);
  demo_account(options.parlor, directory);
  std::printf("%s", output_of({options.orders, directory, std::to_string(kRooms)}).c_str());
  return directory;
}

Headers headers_of(const Options& options, const std::string& data) {
  const auto demo = boost::json::parse(output_of({options.parlor, "demo", "--data-dir", data}));
  const auto& client = demo.at("order_client");
  return {"Authorization: " + boost::json::value_to<std::string>(client.at("authorization")),
          "client: " + boost::json::value_to<std::string>(client.at("client"))};
}

}  // namespace

void run_orders(const Options& options) {
  const auto data = site(options);
  const auto headers = headers_of(options, data);
  const auto servers = history_servers(options);
  if (servers.empty()) throw std::runtime_error("there is no server to measure");
  const Server& server = servers.front();
  Report report("orders", options.json);
  auto request =
      make_request("POST", "/api/room/fetchRoomByUserAgent", headers,
                   R"({"agent_db":"ace","agent_id":"141","type":"agent-to-user","sub_domain":"",)"
                   R"("client_id":1})");
  for (int round = 1; round <= options.rounds; ++round) {
    const ServerProcess process(server.command(data), server.port, options.work + "/orders.log",
                                server.ready);
    RequestLoop one(server.port, 1);
    const auto next = [&] { return request; };
    one.run_count(kWarmUpReads, next);
    const double cpu = cpu_seconds(process.pid());
    const auto times = one.run_count(kReads, next).latencies_us;
    report.add(std::string(kParlorTitle), std::string(kCell), round,
               {{"fetch_p50_ms", percentile(times, 0.5) / 1e3},
                {"fetch_p99_ms", percentile(times, kSlowestFromMedian) / 1e3},
                {"cpu_ms", (cpu_seconds(process.pid()) - cpu) * 1e3 / kReads}});
  }
  report.print_table(
      {{"fetch_p50_ms", "fetch p50", 1}, {"fetch_p99_ms", "p99 ms", 1}, {"cpu_ms", "CPU ms", 1}});
  report.print_bar("  500 rooms, p99", report.value(kParlorTitle, kCell, "fetch_p99_ms"), 50, false,
                   " ms");
}

}  // namespace parlor::bench
