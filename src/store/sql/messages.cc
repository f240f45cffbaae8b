#include "store/sql/messages.h"

#include <algorithm>

#include "store/sql/encoding.h"

namespace parlor::store::sql {
namespace {

#define MESSAGE_COLUMNS                                                               \
  "account, room, seq, id, inbox, author, sender, type, customer_count, team_count, " \
  "created_at, integration_app, attachments, content, quick_replies, client_id"
#define MESSAGE_RANGE(is_note)                                            \
  "SELECT " MESSAGE_COLUMNS                                               \
  " FROM message WHERE account = $1 AND room = $2 AND is_note = " is_note \
  " AND seq > $3 AND seq < $4"

auto fields(auto& message) {
  return std::tie(message.account, message.room, message.seq, message.id, message.inbox,
                  message.author, message.sender, message.type, message.customer_count,
                  message.team_count, message.created_at, message.integration_app,
                  message.attachments, message.content, message.quick_replies, message.client_id);
}

bool is_note(const chat::Message& message) { return message.type == chat::MessageType::note; }

// Adds the message unless the page is full; it takes one message whatever its size.
class Page {
 public:
  explicit Page(int limit) : limit_(static_cast<std::size_t>(std::max(limit, 0))) {}

  bool full() const { return messages_.size() >= limit_ || bytes_ >= kMaxPageBytes; }
  bool add(chat::Message message) {
    const auto bytes = bytes_ + message.content.size();
    if (messages_.size() >= limit_ || (!messages_.empty() && bytes > kMaxPageBytes)) return false;
    bytes_ = bytes;
    messages_.push_back(std::move(message));
    return true;
  }
  std::vector<chat::Message> take() { return std::move(messages_); }

 private:
  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::vector<chat::Message> messages_;
};

}  // namespace

std::optional<chat::Message> SqlMessages::find(AccountId account, RoomId room, MessageId id) {
  auto rows = db_.read("SELECT " MESSAGE_COLUMNS
                       " FROM message WHERE id = $3 AND account = $1 AND room = $2",
                       account, room, id);
  if (!rows.next()) return std::nullopt;
  chat::Message message;
  rows.read(fields(message));
  return message;
}

std::optional<RoomId> SqlMessages::room_of(AccountId account, MessageId id) {
  auto rows = db_.read("SELECT room FROM message WHERE id = $2 AND account = $1", account, id);
  if (!rows.next()) return std::nullopt;
  return rows.get<RoomId>(0);
}

std::vector<MessageId> SqlMessages::between(AccountId account, RoomId room, chat::SenderKind sender,
                                            std::int64_t after_seq, std::int64_t up_to_seq,
                                            int limit) {
  std::vector<MessageId> ids;
  for (auto rows =
           db_.read("SELECT id FROM message WHERE account = $1 AND room = $2 AND is_note = 0"
                    " AND seq > $3 AND seq <= $4 AND sender = $5 ORDER BY seq DESC LIMIT $6",
                    account, room, after_seq, up_to_seq, sender, limit);
       rows.next();)
    ids.push_back(rows.get<MessageId>(0));
  return ids;
}

// The texts stay unread: they stand behind the other columns.
std::optional<MessageId> SqlMessages::newest_of(AccountId account, RoomId room,
                                                chat::SenderKind sender, std::int64_t seq) {
  auto rows = db_.read(
      "SELECT id FROM (SELECT id, sender, seq FROM message WHERE account = $1 AND room = $2"
      " AND is_note = 0 AND seq <= $3 ORDER BY seq DESC LIMIT 500)"
      " WHERE sender = $4 ORDER BY seq DESC LIMIT 1",
      account, room, seq, sender);
  if (!rows.next()) return std::nullopt;
  return rows.get<MessageId>(0);
}

Rows SqlMessages::page(const chat::MessageQuery& query) {
  const auto read = [&](Sql sql) {
    return db_.read(sql, query.account, query.room, query.after_seq, query.before_seq, query.limit);
  };
  if (query.with_notes)
    return query.newest_first
               ? read(MESSAGE_RANGE("0") " UNION ALL " MESSAGE_RANGE(
                     "1") " ORDER BY seq DESC LIMIT $5")
               : read(MESSAGE_RANGE("0") " UNION ALL " MESSAGE_RANGE("1") " ORDER BY seq LIMIT $5");
  return query.newest_first ? read(MESSAGE_RANGE("0") " ORDER BY seq DESC LIMIT $5")
                            : read(MESSAGE_RANGE("0") " ORDER BY seq LIMIT $5");
}

std::vector<chat::Message> SqlMessages::list(const chat::MessageQuery& query) {
  if (!query.search.empty()) return found(query);
  Page page_of_messages(query.limit);
  for (auto rows = page(query); !page_of_messages.full() && rows.next();) {
    chat::Message message;
    rows.read(fields(message));
    if (!page_of_messages.add(std::move(message))) break;
  }
  return page_of_messages.take();
}

std::vector<chat::Message> SqlMessages::found(const chat::MessageQuery& query) {
  auto seqs = search_.messages(query.account, query.room, query.search, query.with_notes);
  std::erase_if(
      seqs, [&](std::int64_t seq) { return seq <= query.after_seq || seq >= query.before_seq; });
  std::sort(seqs.begin(), seqs.end());
  if (query.newest_first) std::reverse(seqs.begin(), seqs.end());
  Page page_of_messages(query.limit);
  for (const auto seq : seqs) {
    auto rows = db_.read("SELECT " MESSAGE_COLUMNS
                         " FROM message WHERE account = $1 AND room = $2 AND is_note IN (0, $4)"
                         " AND seq = $3",
                         query.account, query.room, seq, query.with_notes);
    if (!rows.next()) continue;
    chat::Message message;
    rows.read(fields(message));
    if (!page_of_messages.add(std::move(message)) || page_of_messages.full()) break;
  }
  return page_of_messages.take();
}

void SqlMessages::insert(const chat::Message& message) {
  db_.write("INSERT INTO message (" MESSAGE_COLUMNS
            ", is_note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
            " $16, $17)",
            message.account, message.room, message.seq, message.id, message.inbox, message.author,
            message.sender, message.type, message.customer_count, message.team_count,
            message.created_at, message.integration_app, message.attachments, message.content,
            message.quick_replies, message.client_id, is_note(message));
  if (!message.content.empty())
    search_.message_written(message.account, message.room, is_note(message), message.seq);
}

}  // namespace parlor::store::sql
