// parlor_orders: fills a data directory with rooms of orders; script/bench orders calls it.
//
//   parlor_orders DIR ROOMS
//
// DIR holds a demo account (`parlor demo --data-dir DIR`). Each room has three participants and a
// message; every ROOMS/500th is of the agent whose rooms are fetched (bench/load/orders.cc). It
// writes through the import's own use case, in large transactions without fsync: a directory that
// was left half filled is worth nothing.
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "base/clock.h"
#include "base/id_source.h"
#include "chat/order_import.h"
#include "store/sql/transaction.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/search.h"

namespace parlor::bench {
namespace {

constexpr int kFetched = 500;
constexpr std::int64_t kRoomsPerCommit = 10'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kBuyers = 100'000;
constexpr std::int64_t kOtherAgents = 2'000;
constexpr const char* kMeasuredAgent = "tess@juniper.example";

// 24 digits: which kind of thing, and its number.
std::string source_id(char kind, std::int64_t number) {
  char text[25];
  std::snprintf(text, sizeof text, "%c%023llx", kind, static_cast<unsigned long long>(number));
  return text;
}

chat::OrderParticipant participant(std::int64_t room, int position, chat::OrderUserType type,
                                   std::string user_id, Timestamp at) {
  chat::OrderParticipant participant;
  participant.source_id = source_id('b', room * 10 + position);
  participant.person.user_type = type;
  participant.person.user_id = std::move(user_id);
  participant.person.username = "Somebody With A Name";
  participant.person.email = "somebody@example.com";
  participant.person.phone_num = "+0000000000";
  participant.person.display_image = "https://cdn.example.com/assets/client/agents/somebody.jpg";
  participant.created_at = participant.updated_at = at;
  return participant;
}

chat::ImportOrderRoom room_of(std::int64_t n, std::int64_t rooms, Timestamp start) {
  const Timestamp at{start.ms + n * kMinuteMs};
  const bool fetched = n % std::max<std::int64_t>(rooms / kFetched, 1) == 0;
  chat::ImportOrderRoom input;
  auto& order = input.order;
  order.source_id = source_id('a', n);
  order.number = std::to_string(10'000'000 + n);
  order.order_id = std::to_string(n);
  order.order_vendor_id = std::to_string(n % 1'000);
  order.order_user_id = std::to_string(n % kBuyers);
  order.vendor_id = std::to_string(n % 5'000);
  order.vendor_user_id = std::to_string(n % 5'000);
  order.agent_id = fetched ? "141" : "x" + std::to_string(n % kOtherAgents);
  order.agent_db = order.db_name = "ace";
  order.sub_domain = "192.168.101.88";
  order.client_id = "1";
  order.created_at = order.updated_at = at;
  input.participants = {participant(n, 1, chat::OrderUserType::agent, order.agent_id, at),
                        participant(n, 2, chat::OrderUserType::user, order.order_user_id, at),
                        participant(n, 3, chat::OrderUserType::vendor, order.vendor_user_id, at)};
  chat::ImportedOrderMessage message;
  message.order.source_id = source_id('c', n);
  message.order.author = input.participants[1].person;
  message.order.created_at = at + kMinuteMs;
  message.text = "Where is my parcel? It should have come yesterday, and nobody was here.";
  input.messages.push_back(std::move(message));
  return input;
}

void fill(const std::string& directory, std::int64_t rooms) {
  const SystemClock clock;
  ClockIdSource ids(clock, clock.now().seconds() + 1);
  store::SqliteConnection db(directory + "/parlor.db", store::SqliteConnection::Mode::writer);
  store::migrate(db).value();
  db.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -524288");
  store::SqliteSearch search(db);
  store::sql::SqlTransaction transaction(db, search, &ids);
  db.begin_write();
  transaction.begin(clock.now());
  const auto account = transaction.agents().find_by_email(kMeasuredAgent).value().account;
  const Timestamp start{clock.now().ms - rooms * kMinuteMs - kMinuteMs};
  for (std::int64_t n = 0; n < rooms; ++n) {
    chat::import_order_room(transaction, account, room_of(n, rooms, start)).value();
    if ((n + 1) % kRoomsPerCommit != 0) continue;
    db.commit();
    const auto done = static_cast<long long>(n) + 1;
    std::printf("\r  %lld of %lld rooms", done, static_cast<long long>(rooms));
    std::fflush(stdout);
    db.begin_write();
    transaction.begin(clock.now());
  }
  db.commit();
  db.execute("PRAGMA journal_mode = WAL");
  std::ofstream(directory + "/orders.built") << rooms << '\n';
}

}  // namespace
}  // namespace parlor::bench

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::invalid_argument("usage: parlor_orders DIR ROOMS");
    parlor::bench::fill(argv[1], std::stoll(argv[2]));
    std::printf("\n");
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "parlor_orders: %s\n", failure.what());
    return 1;
  }
}
