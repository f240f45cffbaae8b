#include "history/data_set.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "chat/dates.h"
#include "chat/room_rules.h"
#include "history/words.h"
#include "store/sql/transaction.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/search.h"
#include "store/sqlite/search_index.h"

namespace parlor::bench {
namespace {

constexpr std::int64_t kSpanDays = 3 * 365;
constexpr int kOtherInboxes = 10;
constexpr int kOtherAgents = 40;
constexpr int kRoomsOfAContact = 3;
constexpr int kRoomsPerCommit = 20'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr const char* kMeasuredAgent = "tess@juniper.example";

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Ids of the past: those of a second follow one another, so that they grow with time.
class PastIds final : public IdSource {
 public:
  void set(Timestamp now) { newest_ = std::max(newest_, now.seconds() << kIdNumberBits); }
  std::int64_t next() override { return ++newest_; }

 private:
  std::int64_t newest_ = 0;
};

class Builder {
 public:
  Builder(store::SqliteConnection& db, const HistoryShape& shape)
      : db_(db), shape_(shape), search_(db), tx_(db, search_, &ids_), words_(7) {}

  std::vector<std::string> build() {
    db_.begin_write();
    tx_.begin(Timestamp{});
    start_ = Timestamp{SystemClock().now().ms - kSpanDays * chat::kDayMs};
    ids_.set(start_ + -chat::kDayMs);
    find_people();
    for (std::int64_t n = 0; n < shape_.rooms; ++n) {
      add_room(n);
      if ((n + 1) % kRoomsPerCommit == 0) commit(n + 1);
    }
    commit(shape_.rooms);
    db_.commit();
    return std::move(visible_);
  }

 private:
  // Who is there, and those whose rooms the measured agent does not see.
  void find_people() {
    me_ = tx_.agents().find_by_email(kMeasuredAgent).value();
    my_inbox_ = tx_.inboxes().of_member(me_.account, me_.conversation).at(0);
    for (int n = 0; n < kOtherInboxes; ++n) {
      chat::Inbox inbox = tx_.inboxes().find(me_.account, my_inbox_).value();
      inbox.id = ids_.make<InboxId>();
      inbox.name = "Team " + std::to_string(n + 1);
      tx_.inboxes().insert(inbox);
      other_inboxes_.push_back(inbox.id);
    }
    for (int n = 0; n < kOtherAgents; ++n) {
      chat::Agent agent = me_;
      agent.id = ids_.make<AgentId>();
      agent.conversation = ids_.make<ConversationId>();
      agent.name = "Colleague " + std::to_string(n + 1);
      agent.email = "colleague" + std::to_string(n + 1) + "@juniper.example";
      tx_.agents().insert(agent);
      tx_.inboxes().add_member(me_.account, other_inboxes_[n % kOtherInboxes], agent.conversation);
      other_agents_.push_back(agent.conversation);
    }
  }

  void commit(std::int64_t rooms) {
    tx_.keep_counts();
    tx_.write_counts();
    db_.commit();
    std::printf("\r  %lld of %lld rooms", static_cast<long long>(rooms),
                static_cast<long long>(shape_.rooms));
    std::fflush(stdout);
    db_.begin_write();
    tx_.begin(Timestamp{});
  }

  void add_contact(Timestamp at) {
    contact_ = chat::Contact();
    contact_.id = ids_.make<ContactId>();
    contact_.account = me_.account;
    contact_.conversation = ids_.make<ConversationId>();
    contact_.name = words_.name();
    contact_.email = contact_.name + "." + std::to_string(++contacts_) + "@example.net";
    std::replace(contact_.email.begin(), contact_.email.end(), ' ', '.');
    std::transform(contact_.email.begin(), contact_.email.end(), contact_.email.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    contact_.created_at = at;
    tx_.contacts().insert(contact_);
  }

  bool is_visible(std::int64_t n) const {
    return n % std::max<std::int64_t>(shape_.rooms / shape_.visible_rooms, 1) == 0;
  }

  // Where the room stands: mine and my inbox's unassigned ones, or somebody else's. Old rooms are
  // closed, but for a few.
  void place(chat::Room& room, std::int64_t n) {
    const bool visible = is_visible(n);
    const auto dice = words_.below(100);
    room.inbox = visible ? my_inbox_ : other_inboxes_[words_.below(other_inboxes_.size())];
    room.priority = static_cast<chat::Priority>(dice % 4);
    room.status = dice < 8    ? chat::RoomStatus::open
                  : dice < 12 ? chat::RoomStatus::pending
                              : chat::RoomStatus::closed;
    if (dice % 10 == 3) return;  // nobody's
    const auto agent = visible ? me_.conversation : other_agents_[words_.below(kOtherAgents)];
    chat::set_assignees(room, {agent}, room.created_at);
  }

  void add_room(std::int64_t n) {
    const Timestamp at{start_.ms + (kSpanDays - 1) * chat::kDayMs / shape_.rooms * n};
    ids_.set(at);
    if (n % kRoomsOfAContact == 0) add_contact(at);
    chat::Room room;
    room.id = ids_.make<RoomId>();
    room.account = me_.account;
    room.contact = contact_.id;
    room.conversation = contact_.conversation;
    room.created_at = at;
    place(room, n);
    add_change(room, chat::RoomChangeKind::created, at);
    const auto count = shape_.messages / shape_.rooms;
    for (std::int64_t m = 0; m < count; ++m)
      add_message(room, m, Timestamp{at.ms + (m + 1) * kMinuteMs});
    room.updated_at = room.last_activity = room.last_stamp;
    if (room.status == chat::RoomStatus::closed) {
      room.closed_at = room.updated_at;
      add_change(room, chat::RoomChangeKind::status, room.updated_at);
    }
    if (room.assignees.empty() && room.status != chat::RoomStatus::closed)
      room.queued_at = room.created_at;
    tx_.rooms().insert(room);
    if (!room.assignees.empty()) {
      tx_.rooms().upsert_marker(
          room.account, {room.id, room.assignees[0].agent, room.seq, room.customer_count, 0});
    }
    if (is_visible(n)) visible_.push_back(to_hex(room.id));
  }

  void add_change(chat::Room& room, chat::RoomChangeKind kind, Timestamp at) {
    room.seq += 1;
    const auto by = room.assignees.empty() ? ConversationId{} : room.assignees[0].agent;
    tx_.rooms().insert_change({room.account, room.id, room.seq, kind, by,
                               kind == chat::RoomChangeKind::status ? "closed" : "", at});
    chat::DayCounts counts;
    (kind == chat::RoomChangeKind::status ? counts.closed_rooms : counts.new_rooms) = 1;
    count(room, by, at, counts);
  }

  void add_message(chat::Room& room, std::int64_t number, Timestamp at) {
    const bool by_team = number % 2 == 1 && !room.assignees.empty();
    chat::Message message;
    message.id = ids_.make<MessageId>();
    message.account = room.account;
    message.room = room.id;
    message.inbox = room.inbox;
    message.seq = ++room.seq;
    message.author = by_team ? room.assignees[0].agent : room.conversation;
    message.sender = by_team ? chat::SenderKind::agent : chat::SenderKind::customer;
    if (by_team && number % 10 == 9) message.type = chat::MessageType::note;
    message.content = words_.sentence();
    message.created_at = room.last_stamp = at;
    const bool counts_for_contact = by_team && message.type != chat::MessageType::note;
    message.customer_count = room.customer_count + (by_team ? 0 : 1);
    message.team_count = room.team_count + (counts_for_contact ? 1 : 0);
    if (number == 0) room.subject = chat::subject_of(message.content);
    chat::count_message(room, message);
    tx_.messages().insert(message);

    chat::DayCounts counts;
    (by_team ? counts.team_messages : counts.customer_messages) = 1;
    if (counts_for_contact) counts.waits.add(kMinuteMs);
    if (counts_for_contact && number == 1) counts.first_responses.add(kMinuteMs);
    count(room, by_team ? message.author : ConversationId{}, at, counts);
  }

  void count(const chat::Room& room, ConversationId agent, Timestamp at,
             const chat::DayCounts& counts) {
    tx_.statistics().add({room.account, {}, room.inbox, chat::day_of(at)}, counts);
    if (agent) tx_.statistics().add({room.account, agent, room.inbox, chat::day_of(at)}, counts);
    tx_.keep_counts();
  }

  store::SqliteConnection& db_;
  const HistoryShape shape_;
  PastIds ids_;
  store::SqliteSearch search_;
  store::sql::SqlTransaction tx_;
  Words words_;
  Timestamp start_;
  chat::Agent me_;
  InboxId my_inbox_;
  std::vector<InboxId> other_inboxes_;
  std::vector<ConversationId> other_agents_;
  chat::Contact contact_;
  std::int64_t contacts_ = 0;
  std::vector<std::string> visible_;
};

// In a file of its own, as the server would fill it.
void index(const std::string& directory) {
  store::SqliteConnection db(directory + "/parlor.db", store::SqliteConnection::Mode::indexer);
  store::attach_search_index(db, directory + "/search.db");
  store::SearchIndex search_index(db);
  search_index.open();
  db.execute("PRAGMA search.synchronous = OFF; PRAGMA search.cache_size = -131072");
  while (search_index.index_some()) {
  }
}

}  // namespace

HistoryBuilt build_history(const std::string& directory, const HistoryShape& shape) {
  if (shape.rooms < 1 || shape.messages < shape.rooms || shape.visible_rooms < 1 ||
      shape.visible_rooms > shape.rooms)
    throw std::invalid_argument("a history has rooms, and at least a message for each");
  const auto file = directory + "/parlor.db";
  HistoryBuilt built;
  const auto start = std::chrono::steady_clock::now();
  {
    store::SqliteConnection db(file, store::SqliteConnection::Mode::writer);
    store::migrate(db).value();
    db.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -524288");
    built.visible_rooms = Builder(db, shape).build();
    db.execute("PRAGMA journal_mode = WAL");
  }
  built.seconds_of_rows = seconds_since(start);
  std::printf("\r  rows written in %.0f s, indexing for search\n", built.seconds_of_rows);
  std::fflush(stdout);
  index(directory);
  built.seconds_of_index = seconds_since(start) - built.seconds_of_rows;
  built.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
  built.index_bytes =
      static_cast<std::int64_t>(std::filesystem::file_size(directory + "/search.db"));
  return built;
}

}  // namespace parlor::bench
