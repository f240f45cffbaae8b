#include "load/bot.h"

#include <sodium.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include "load/parlor_site.h"
#include "load/process.h"
#include "load/report.h"
#include "load/requests.h"
#include "load/servers.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

constexpr double kBar = 0.6;
constexpr const char* kPlain = "plain sends";
constexpr const char* kBot = "with the bot";

std::string base64url(std::string_view bytes) {
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.resize(text.find('\0'));
  return text;
}

// As the course site would make it.
std::string token_of(std::size_t student, const std::string& account, const std::string& secret) {
  const auto expires = std::chrono::system_clock::now() + std::chrono::hours(24);
  const auto exp =
      std::chrono::duration_cast<std::chrono::seconds>(expires.time_since_epoch()).count();
  const std::string claims = "{\"account_id\":\"" + account + "\",\"sub\":\"" +
                             std::to_string(student) +
                             "\",\"role\":\"student\",\"name\":\"Student " +
                             std::to_string(student) + "\",\"exp\":" + std::to_string(exp) + "}";
  const std::string text = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(claims);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                              secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  std::string signature(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(signature.data()));
  return text + "." + base64url(signature);
}

// Each student says in turn what begins a problem, and that it is solved.
class Students {
 public:
  Students(std::size_t count, const std::string& account, const std::string& secret) {
    for (std::size_t n = 0; n < count; ++n) {
      headers_.push_back({"Authorization: Bearer " + token_of(n, account, secret)});
    }
  }

  std::size_t size() const { return headers_.size(); }

  std::string next() {
    const auto student = turn_ % size();
    const bool begins = (turn_ / size()) % 2 == 0;
    ++turn_;
    return make_request("POST", "/api/support/messages", headers_[student],
                        begins ? R"({"text":"I can't log in"})" : R"({"text":"thanks"})");
  }

 private:
  std::vector<Headers> headers_;
  std::size_t turn_ = 0;
};

class Agent {
 public:
  Agent(const DemoAccount& account, std::vector<std::string> rooms)
      : headers_{"Authorization: Bearer " + account.agent_jwt}, rooms_(std::move(rooms)) {}

  std::string next() {
    return make_request("POST", "/api/conversation-v2/support/message", headers_,
                        "{\"room_id\":\"" + rooms_[random_() % rooms_.size()] +
                            R"(","message":{"type":"text","content":"I can't log in"}})");
  }

 private:
  const Headers headers_;
  const std::vector<std::string> rooms_;
  std::mt19937 random_{20240229};
};

// The key by which the students' tokens are signed, added before the server starts.
std::string add_key(const std::string& parlor, const std::string& data,
                    const std::string& account) {
  std::string secret = "the secret of a course site that is measured";
  const auto file = data + "/secret";
  std::ofstream(file) << secret;
  output_of({parlor, "account", "add-key", "--data-dir", data, "--account", account, "--secret",
             "--file", file});
  return secret;
}

template <class Next>
void measure(const char* title, const Options& options, const ServerProcess& process, int round,
             RequestLoop& loop, Next next, Report& report) {
  loop.run_for(options.warmup, next);
  const double before = cpu_seconds(process.pid());
  const auto outcome = loop.run_for(options.seconds, next);
  const double cpu = cpu_seconds(process.pid()) - before;
  const auto requests = static_cast<double>(outcome.latencies_us.size());
  report.add(title, "", round,
             {{"requests_per_second", requests / outcome.seconds},
              {"p50_ms", percentile(outcome.latencies_us, 0.5) / 1e3},
              {"p99_ms", percentile(outcome.latencies_us, 0.99) / 1e3},
              {"cpu_us_per_request", cpu * 1e6 / requests}});
  std::printf("  %-14s round %d: %.0f requests/s\n", title, round, requests / outcome.seconds);
  std::fflush(stdout);
}

void run_round(const Options& options, const Server& server, int round, Report& report) {
  const std::string data = options.work + "/bot-" + std::to_string(round);
  std::filesystem::create_directories(data);
  const auto account = demo_account(options.parlor, data);
  Students students(options.students, account.account_id,
                    add_key(options.parlor, data, account.account_id));
  {
    const ServerProcess process(server.command(data), server.port, data + ".log", server.ready);
    HttpClient http(server.port);
    constexpr std::size_t kRoomsOfAVisitor = 10;
    const auto visitors = open_sessions(http, account, 1 + options.rooms / kRoomsOfAVisitor);
    Agent agent(account, open_rooms(http, account, visitors, options.rooms));
    RequestLoop loop(server.port, options.connections);
    // Everybody has written once: the chats are there.
    loop.run_count(students.size(), [&] { return students.next(); });
    measure(
        kPlain, options, process, round, loop, [&] { return agent.next(); }, report);
    measure(
        kBot, options, process, round, loop, [&] { return students.next(); }, report);
  }
  std::filesystem::remove_all(data);
}

}  // namespace

void run_bot(const Options& options) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  Report report("bot", options.json);
  for (int round = 1; round <= options.rounds; ++round) {
    for (const Server& server : history_servers(options)) run_round(options, server, round, report);
  }
  report.print_table({{"requests_per_second", "requests/s", 0},
                      {"p50_ms", "p50 ms", 2},
                      {"p99_ms", "p99 ms", 2},
                      {"cpu_us_per_request", "CPU us/req.", 1}});
  report.print_bar("Messages that the bot answers, against plain sends",
                   report.value(kBot, "", "requests_per_second") /
                       report.value(kPlain, "", "requests_per_second"),
                   kBar, true, "x");
}

}  // namespace parlor::bench
