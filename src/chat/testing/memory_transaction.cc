#include "chat/testing/memory_transaction.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace parlor::chat::testing {

namespace {

constexpr std::size_t kPageBytes = 256 * 1024;

// The first row of a table that is the account's and that the condition holds for.
template <class Table, class Condition>
auto first_of(const Table& table, AccountId account, Condition holds)
    -> std::optional<typename Table::mapped_type> {
  for (const auto& [key, row] : table) {
    if (row.account == account && holds(row)) return row;
  }
  return std::nullopt;
}

template <class Table, class Condition>
auto all_of(const Table& table, AccountId account, Condition holds)
    -> std::vector<typename Table::mapped_type> {
  std::vector<typename Table::mapped_type> rows;
  for (const auto& [key, row] : table) {
    if (row.account == account && holds(row)) rows.push_back(row);
  }
  return rows;
}

template <class Table, class Key>
auto find_in(const Table& table, AccountId account, const Key& key)
    -> std::optional<typename Table::mapped_type> {
  const auto found = table.find(key);
  if (found == table.end() || found->second.account != account) return std::nullopt;
  return found->second;
}

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

// What all repositories share: the tables, and the right to write.
struct Base {
  MemoryTransaction& owner;

  const Tables& read() const { return owner.tables; }
  Tables& write() {
    if (owner.read_only) throw std::logic_error("a write in a read-only transaction");
    ++owner.writes;
    return owner.tables;
  }
};

struct MemoryAccounts final : Accounts, Base {
  explicit MemoryAccounts(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<Account> find(AccountId id) override {
    const auto found = read().accounts.find(id);
    if (found == read().accounts.end()) return std::nullopt;
    return found->second;
  }
  std::vector<Account> list() override {
    std::vector<Account> rows;
    for (const auto& [id, account] : read().accounts) rows.push_back(account);
    return rows;
  }
  void insert(const Account& account) override { write().accounts.emplace(account.id, account); }
  std::vector<HostKey> host_keys(AccountId account) override {
    std::vector<HostKey> keys;
    for (const auto& key : read().host_keys) {
      if (key.account == account) keys.push_back(key);
    }
    return keys;
  }
  void insert_host_key(const HostKey& key) override { write().host_keys.push_back(key); }
};

struct MemoryAgents final : Agents, Base {
  explicit MemoryAgents(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<Agent> find(AccountId account, AgentId id) override {
    return find_in(read().agents, account, id);
  }
  std::optional<Agent> find_by_conversation(AccountId account, ConversationId id) override {
    return first_of(read().agents, account, [&](const Agent& a) { return a.conversation == id; });
  }
  std::optional<Agent> find_by_external_id(AccountId account, std::string_view id) override {
    if (id.empty()) return std::nullopt;
    return first_of(read().agents, account, [&](const Agent& a) { return a.external_id == id; });
  }
  std::optional<Agent> find_by_email(std::string_view email) override {
    for (const auto& [id, agent] : read().agents) {
      if (agent.email == email) return agent;
    }
    return std::nullopt;
  }
  std::vector<Agent> list(AccountId account) override {
    auto rows = all_of(read().agents, account, [](const Agent&) { return true; });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Agent& a, const Agent& b) { return a.name < b.name; });
    return rows;
  }
  void insert(const Agent& agent) override { write().agents.emplace(agent.id, agent); }
  void update(const Agent& agent) override { write().agents.at(agent.id) = agent; }
};

struct MemoryInboxes final : Inboxes, Base {
  explicit MemoryInboxes(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<Inbox> find(AccountId account, InboxId id) override {
    return find_in(read().inboxes, account, id);
  }
  std::vector<Inbox> list(AccountId account) override {
    return all_of(read().inboxes, account, [](const Inbox&) { return true; });
  }
  void insert(const Inbox& inbox) override { write().inboxes.emplace(inbox.id, inbox); }
  void add_member(AccountId, InboxId inbox, ConversationId agent) override {
    write().members.emplace(inbox, agent);
  }
  void remove_member(AccountId, InboxId inbox, ConversationId agent) override {
    write().members.erase({inbox, agent});
  }
  bool is_member(AccountId account, InboxId inbox, ConversationId agent) override {
    return find(account, inbox) && read().members.count({inbox, agent}) > 0;
  }
  std::vector<ConversationId> members(AccountId account, InboxId inbox) override {
    std::vector<ConversationId> found;
    for (const auto& [of, agent] : read().members) {
      if (of == inbox && find(account, of)) found.push_back(agent);
    }
    return found;
  }
  std::vector<InboxId> of_member(AccountId account, ConversationId agent) override {
    std::vector<InboxId> found;
    for (const auto& [inbox, member] : read().members) {
      if (member == agent && find(account, inbox)) found.push_back(inbox);
    }
    return found;
  }
};

struct MemoryContacts final : Contacts, Base {
  explicit MemoryContacts(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<Contact> find(AccountId account, ContactId id) override {
    return find_in(read().contacts, account, id);
  }
  std::optional<Contact> find_by_identifier(AccountId account, std::string_view name) override {
    if (name.empty()) return std::nullopt;
    return first_of(read().contacts, account,
                    [&](const Contact& c) { return c.identifier == name; });
  }
  std::optional<Contact> find_by_device(AccountId account, SupportTokenId site,
                                        std::string_view device) override {
    const auto sessions = all_of(read().sessions, account, [&](const VisitorSession& s) {
      return s.support_token == site && s.device_id == device;
    });
    if (sessions.empty() || sessions.back().ended_at.ms != 0) return std::nullopt;  // ids ascend
    return find(account, sessions.back().contact);
  }
  std::vector<Contact> find_by_email(AccountId account, std::string_view email) override {
    return all_of(read().contacts, account, [&](const Contact& c) { return c.email == email; });
  }
  std::vector<Contact> find_by_phone(AccountId account, std::string_view phone) override {
    return all_of(read().contacts, account, [&](const Contact& c) { return c.phone == phone; });
  }
  void insert(const Contact& contact) override { write().contacts.emplace(contact.id, contact); }
  void update(const Contact& contact) override { write().contacts.at(contact.id) = contact; }
};

struct MemorySupportTokens final : SupportTokens, Base {
  explicit MemorySupportTokens(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<SupportToken> find_by_hash(std::string_view hash) override {
    for (const auto& [id, token] : read().support_tokens) {
      if (token.token_hash == hash) return token;
    }
    return std::nullopt;
  }
  std::optional<SupportToken> find(AccountId account, SupportTokenId id) override {
    return find_in(read().support_tokens, account, id);
  }
  std::vector<SupportToken> list(AccountId account) override {
    return all_of(read().support_tokens, account, [](const SupportToken&) { return true; });
  }
  void insert(const SupportToken& token) override {
    write().support_tokens.emplace(token.id, token);
  }
  void update(const SupportToken& token) override { write().support_tokens.at(token.id) = token; }
};

struct MemoryVisitorSessions final : VisitorSessions, Base {
  explicit MemoryVisitorSessions(MemoryTransaction& transaction) : Base{transaction} {}
  std::optional<VisitorSession> find_by_hash(std::string_view hash) override {
    for (const auto& [id, session] : read().sessions) {
      if (session.secret_hash == hash) return session;
    }
    return std::nullopt;
  }
  void insert(const VisitorSession& session) override {
    write().sessions.emplace(session.id, session);
  }
  void update(const VisitorSession& session) override { write().sessions.at(session.id) = session; }
};

struct MemoryRooms final : Rooms, Base {
  explicit MemoryRooms(MemoryTransaction& transaction) : Base{transaction} {}

  std::optional<Room> find(AccountId account, RoomId id) override {
    return find_in(read().rooms, account, id);
  }
  void insert(const Room& room) override { write().rooms.emplace(room.id, room); }
  void update(const Room& room) override { write().rooms.at(room.id) = room; }

  RoomPage list(const RoomQuery& query) override {
    auto rooms = all_of(read().rooms, query.account, [&](const Room& room) {
      return in_scope(room, query.scope) && (!query.status || room.status == *query.status) &&
             (!query.priority || room.priority == *query.priority) &&
             (!query.inbox || room.inbox == *query.inbox) &&
             (query.search.empty() || mentions(room, query.search, true));
    });
    std::stable_sort(rooms.begin(), rooms.end(), [&](const Room& a, const Room& b) {
      if (query.sort == RoomSort::created_at) return a.created_at > b.created_at;
      if (query.sort == RoomSort::priority && a.priority != b.priority) {
        return a.priority > b.priority;
      }
      return a.updated_at > b.updated_at;
    });
    return page_of(std::move(rooms), query.page, query.limit);
  }

  RoomPage list_of_contact(AccountId account, ContactId contact, std::string_view search, int page,
                           int limit) override {
    auto rooms = all_of(read().rooms, account, [&](const Room& room) {
      return room.contact == contact && (search.empty() || mentions(room, search, false));
    });
    std::stable_sort(rooms.begin(), rooms.end(), [](const Room& a, const Room& b) {
      return a.last_activity > b.last_activity;
    });
    return page_of(std::move(rooms), page, limit);
  }

  std::optional<Room> newest_open_of_contact(AccountId account, ContactId contact) override {
    auto rooms =
        all_of(read().rooms, account, [&](const Room& room) { return room.contact == contact; });
    if (rooms.empty()) return std::nullopt;
    return *std::max_element(rooms.begin(), rooms.end(), [](const Room& a, const Room& b) {
      const bool a_open = a.status != RoomStatus::closed;
      const bool b_open = b.status != RoomStatus::closed;
      return std::tie(a_open, a.created_at) < std::tie(b_open, b.created_at);
    });
  }

  std::vector<Room> changed_since(AccountId account, const RoomScope& scope, Timestamp since,
                                  int limit) override {
    return oldest_change_first(
        all_of(read().rooms, account,
               [&](const Room& room) { return in_scope(room, scope) && room.last_stamp >= since; }),
        limit);
  }
  std::vector<Room> changed_since_of_contact(AccountId account, ContactId contact, Timestamp since,
                                             int limit) override {
    return oldest_change_first(all_of(read().rooms, account,
                                      [&](const Room& room) {
                                        return room.contact == contact && room.last_stamp >= since;
                                      }),
                               limit);
  }

  void insert_change(const RoomChange& change) override {
    auto& tables = write();
    if (tables.messages.count({change.room, change.seq}) > 0 ||
        !tables.changes.emplace(std::pair{change.room, change.seq}, change).second) {
      throw std::logic_error("seq taken twice");
    }
  }
  std::vector<RoomChange> changes_after(AccountId account, RoomId room, std::int64_t seq,
                                        int limit) override {
    auto rows = all_of(read().changes, account, [&](const RoomChange& change) {
      return change.room == room && change.seq > seq;
    });
    if (rows.size() > static_cast<std::size_t>(limit)) rows.resize(static_cast<std::size_t>(limit));
    return rows;
  }

  std::optional<ReadMarker> marker(AccountId account, RoomId room, ConversationId reader) override {
    const auto found = read().markers.find({room, reader});
    if (found == read().markers.end() || !find(account, room)) return std::nullopt;
    return found->second;
  }
  std::vector<ReadMarker> markers(AccountId account, RoomId room) override {
    std::vector<ReadMarker> rows;
    if (!find(account, room)) return rows;
    for (const auto& [key, marker] : read().markers) {
      if (key.first == room) rows.push_back(marker);
    }
    return rows;
  }
  std::vector<ReadMarker> markers_of(AccountId account, ConversationId reader,
                                     const std::vector<RoomId>& rooms) override {
    std::vector<ReadMarker> rows;
    for (const RoomId room : rooms) {
      if (const auto found = marker(account, room, reader)) rows.push_back(*found);
    }
    return rows;
  }
  void upsert_marker(AccountId, const ReadMarker& marker) override {
    write().markers.insert_or_assign({marker.room, marker.reader}, marker);
  }
  void move_marker(AccountId account, RoomId room, ConversationId from,
                   ConversationId to) override {
    const auto moved = marker(account, room, from);
    if (!moved) return;
    write().markers.erase({room, from});
    auto merged = marker(account, room, to).value_or(ReadMarker{room, to, 0, 0, 0});
    merged.seq = std::max(merged.seq, moved->seq);
    merged.counted = std::max(merged.counted, moved->counted);
    merged.delivered_seq = std::max(merged.delivered_seq, moved->delivered_seq);
    upsert_marker(account, merged);
  }

 private:
  static bool in_scope(const Room& room, const RoomScope& scope) {
    const auto has = [&](const std::vector<InboxId>& inboxes) {
      return std::find(inboxes.begin(), inboxes.end(), room.inbox) != inboxes.end();
    };
    const bool assigned = std::any_of(room.assignees.begin(), room.assignees.end(),
                                      [&](const Assignee& a) { return a.agent == scope.viewer; });
    return scope.whole_account || assigned || (room.assignees.empty() && has(scope.inboxes)) ||
           has(scope.open_inboxes);
  }

  bool mentions(const Room& room, std::string_view search, bool for_team) const {
    const Contact& contact = read().contacts.at(room.contact);
    if (for_team && (contains(contact.name, search) || contains(contact.email, search))) {
      return true;
    }
    return std::any_of(read().messages.begin(), read().messages.end(), [&](const auto& row) {
      const Message& message = row.second;
      return message.room == room.id && (for_team || message.type != MessageType::note) &&
             contains(message.content, search);
    });
  }

  static RoomPage page_of(std::vector<Room> rooms, int page, int limit) {
    RoomPage answer;
    answer.total = static_cast<std::int64_t>(rooms.size());
    const auto skip = static_cast<std::size_t>(page - 1) * static_cast<std::size_t>(limit);
    for (std::size_t i = skip; i < rooms.size() && i < skip + static_cast<std::size_t>(limit);
         ++i) {
      answer.rooms.push_back(rooms[i]);
    }
    return answer;
  }

  static std::vector<Room> oldest_change_first(std::vector<Room> rooms, int limit) {
    std::stable_sort(rooms.begin(), rooms.end(),
                     [](const Room& a, const Room& b) { return a.last_stamp < b.last_stamp; });
    if (rooms.size() > static_cast<std::size_t>(limit)) {
      rooms.resize(static_cast<std::size_t>(limit));
    }
    return rooms;
  }
};

struct MemoryMessages final : Messages, Base {
  explicit MemoryMessages(MemoryTransaction& transaction) : Base{transaction} {}

  std::optional<Message> find(AccountId account, RoomId room, MessageId id) override {
    return first_of(read().messages, account,
                    [&](const Message& m) { return m.room == room && m.id == id; });
  }

  std::vector<Message> list(const MessageQuery& query) override {
    auto rows = all_of(read().messages, query.account, [&](const Message& m) {
      return m.room == query.room && m.seq > query.after_seq && m.seq < query.before_seq &&
             (query.with_notes || m.type != MessageType::note) &&
             (query.search.empty() || contains(m.content, query.search));
    });
    if (query.newest_first) std::reverse(rows.begin(), rows.end());
    std::vector<Message> page;
    std::size_t bytes = 0;
    for (Message& message : rows) {
      bytes += message.content.size();
      const bool full = page.size() == static_cast<std::size_t>(query.limit);
      if (full || (bytes > kPageBytes && !page.empty())) break;
      page.push_back(std::move(message));
    }
    return page;
  }

  std::optional<MessageId> newest_of(AccountId account, RoomId room, SenderKind sender,
                                     std::int64_t seq) override {
    constexpr std::size_t kLookedAt = 500;
    auto rows = all_of(read().messages, account, [&](const Message& m) {
      return m.room == room && m.seq <= seq && m.type != MessageType::note;
    });
    std::reverse(rows.begin(), rows.end());
    if (rows.size() > kLookedAt) rows.resize(kLookedAt);
    for (const Message& message : rows)
      if (message.sender == sender) return message.id;
    return std::nullopt;
  }

  void insert(const Message& message) override {
    auto& tables = write();
    if (tables.changes.count({message.room, message.seq}) > 0 ||
        !tables.messages.emplace(std::pair{message.room, message.seq}, message).second) {
      throw std::logic_error("seq taken twice");
    }
  }
};

struct MemoryOutcomes final : Outcomes, Base {
  explicit MemoryOutcomes(MemoryTransaction& transaction) : Base{transaction} {}
  static auto row_of(const OutcomeKey& key) {
    return std::tuple{key.account, key.actor, key.operation, key.client_id};
  }
  std::optional<StoredOutcome> find(const OutcomeKey& key) override {
    const auto found = read().outcomes.find(row_of(key));
    if (found == read().outcomes.end()) return std::nullopt;
    return found->second;
  }
  void insert(const OutcomeKey& key, const StoredOutcome& outcome) override {
    if (!write().outcomes.emplace(row_of(key), outcome).second) {
      throw std::logic_error("an outcome remembered twice");
    }
  }
};

}  // namespace

struct MemoryTransaction::Repositories {
  explicit Repositories(MemoryTransaction& owner)
      : accounts(owner),
        agents(owner),
        inboxes(owner),
        contacts(owner),
        support_tokens(owner),
        sessions(owner),
        rooms(owner),
        messages(owner),
        outcomes(owner) {}

  MemoryAccounts accounts;
  MemoryAgents agents;
  MemoryInboxes inboxes;
  MemoryContacts contacts;
  MemorySupportTokens support_tokens;
  MemoryVisitorSessions sessions;
  MemoryRooms rooms;
  MemoryMessages messages;
  MemoryOutcomes outcomes;
};

MemoryTransaction::MemoryTransaction(Timestamp now)
    : clock_(now), ids_(clock_, 0), repositories_(std::make_unique<Repositories>(*this)) {}
MemoryTransaction::~MemoryTransaction() = default;

Accounts& MemoryTransaction::accounts() { return repositories_->accounts; }
Agents& MemoryTransaction::agents() { return repositories_->agents; }
Inboxes& MemoryTransaction::inboxes() { return repositories_->inboxes; }
Contacts& MemoryTransaction::contacts() { return repositories_->contacts; }
SupportTokens& MemoryTransaction::support_tokens() { return repositories_->support_tokens; }
VisitorSessions& MemoryTransaction::visitor_sessions() { return repositories_->sessions; }
Rooms& MemoryTransaction::rooms() { return repositories_->rooms; }
Messages& MemoryTransaction::messages() { return repositories_->messages; }
Outcomes& MemoryTransaction::outcomes() { return repositories_->outcomes; }

void MemoryTransaction::record(Event event) {
  if (read_only) throw std::logic_error("an event in a read-only transaction");
  events.push_back(std::move(event));
}

}  // namespace parlor::chat::testing
