// Not part of the contract: what durable sends cost. Run with --gtest_also_run_disabled_tests.
#include <chrono>
#include <cstdio>

#include "contract/fixture.h"

namespace parlor::store {
namespace {

constexpr int kInFlight = 64;
constexpr int kRooms = 64;

struct Load {
  Store& store;
  std::atomic<int> left;
  std::atomic<int> running = 0;
  std::atomic<int> faults = 0;
  std::atomic<int> number = 0;
  Gate done = {};
  std::vector<double> latencies_ms = {};
};

bool send_like_an_agent(chat::Transaction& transaction, int number) {
  const RoomId room{1 + number % kRooms};
  const auto agent = transaction.agents().find(kAccount, {1});
  const ConversationId conversation = agent->conversation;
  const chat::OutcomeKey key{kAccount, conversation, "send_message",
                             "0b6f8a1e-client-" + std::to_string(number)};
  if (transaction.outcomes().find(key)) return false;
  const auto marker = transaction.rooms().marker(kAccount, room, conversation);
  if (!marker) transaction.rooms().upsert_marker(kAccount, {room, conversation, 1, 1, 1});
  const auto message = send(transaction, room,
                            "Hello, this is message " + std::to_string(number) +
                                " of a load that looks like a chat with a customer who waits");
  transaction.outcomes().insert(key,
                                {std::string(32, 'd'), message.id.value, {}, transaction.now()});
  return true;
}

void send_next(Load& load) {
  if (load.left.fetch_sub(1) <= 0) {
    if (load.running.fetch_sub(1) == 1) load.done.open();
    return;
  }
  const int number = load.number++;
  const auto started = std::chrono::steady_clock::now();
  load.store.submit(
      Lane::write, std::make_unique<FunctionJob>(
                       [number](chat::Transaction& t) { return send_like_an_agent(t, number); },
                       [&load, started](const Error* fault) {
                         if (fault) ++load.faults;
                         load.latencies_ms.push_back(std::chrono::duration<double, std::milli>(
                                                         std::chrono::steady_clock::now() - started)
                                                         .count());
                         send_next(load);
                       }));
}

TEST_P(StoreContract, DISABLED_DurableSendsPerSecond) {
  write([](chat::Transaction& t) {
    t.accounts().insert(sample_account());
    t.agents().insert(sample_agent(1));
    for (int i = 1; i <= kRooms; ++i) {
      auto room = sample_room(i);
      room.assignees = {{{1'001}, {1}}};
      t.rooms().insert(room);
    }
    return true;
  });
  for (int round = 0; round < 3; ++round) {
    Load load{*store_, 100'000};
    load.number = round * 1'000'000;
    load.running = kInFlight;
    const auto cpu = std::clock();
    const auto started = std::chrono::steady_clock::now();
    for (int i = 0; i < kInFlight; ++i) send_next(load);
    load.done.wait();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    auto& ms = load.latencies_ms;
    std::sort(ms.begin(), ms.end());
    const auto n = static_cast<double>(ms.size());
    std::printf("%.0f sends/s, %.1f us CPU each, p50 %.2f ms, p99 %.2f ms, %d faults\n",
                n / took.count(), cpu_s / n * 1e6, ms[ms.size() / 2], ms[ms.size() * 99 / 100],
                load.faults.load());
  }
}

}  // namespace
}  // namespace parlor::store
