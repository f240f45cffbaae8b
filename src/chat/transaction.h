// The port through which use cases read and write: one transaction of the store.
//
// A use case touches nothing but its transaction and its constant input, because the store may run
// it more than once. Everything read is as of the transaction's start plus its own writes. Expected
// absences are empty optionals; faults of the store are exceptions that no use case catches. In a
// read-only transaction every writing call throws std::logic_error.
//
// All look-ups but those of Directory are confined to one account: an id of another account is not
// found. Searches (a query whose `search` is not empty) are for reading transactions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "chat/account.h"
#include "chat/account_settings.h"
#include "chat/agent.h"
#include "chat/audit.h"
#include "chat/bot_repositories.h"
#include "chat/canned_reply.h"
#include "chat/contact.h"
#include "chat/event.h"
#include "chat/inbox.h"
#include "chat/integration.h"
#include "chat/invitation.h"
#include "chat/message.h"
#include "chat/opening_hours.h"
#include "chat/order_room.h"
#include "chat/room.h"
#include "chat/room_departure.h"
#include "chat/room_preference.h"
#include "chat/room_tags.h"
#include "chat/routing_repositories.h"
#include "chat/search_hit.h"
#include "chat/statistics.h"
#include "chat/student_chats.h"
#include "chat/ticket.h"
#include "chat/upload.h"

namespace parlor::chat {

// Look-ups without an account, and the things that lie above accounts.
class Accounts {
 public:
  virtual ~Accounts() = default;
  virtual std::optional<Account> find(AccountId) = 0;
  virtual std::vector<Account> list() = 0;  // at most 1,000
  virtual void insert(const Account&) = 0;
  virtual void update(const Account&) = 0;
  virtual std::vector<HostKey> host_keys(AccountId) = 0;
  virtual void insert_host_key(const HostKey&) = 0;
  virtual void remove_host_key(const HostKey&) = 0;
};

class Agents {
 public:
  virtual ~Agents() = default;
  virtual std::optional<Agent> find(AccountId, AgentId) = 0;
  virtual std::optional<Agent> find_by_conversation(AccountId, ConversationId) = 0;
  virtual std::optional<Agent> find_by_external_id(AccountId, std::string_view external_id) = 0;
  virtual std::optional<Agent> find_by_email(
      std::string_view email_lower_case) = 0;      // of any account
  virtual std::vector<Agent> list(AccountId) = 0;  // at most 1,000, by name
  virtual void insert(const Agent&) = 0;
  virtual void update(const Agent&) = 0;
};

class Inboxes {
 public:
  virtual ~Inboxes() = default;
  virtual std::optional<Inbox> find(AccountId, InboxId) = 0;
  virtual std::vector<Inbox> list(AccountId) = 0;  // at most 1,000, by name
  // The account's oldest inbox of this channel.
  virtual std::optional<Inbox> first_of(AccountId, Channel) = 0;
  virtual void insert(const Inbox&) = 0;
  virtual void update(const Inbox&) = 0;
  virtual void add_member(AccountId, InboxId, ConversationId agent) = 0;  // again = no-op
  virtual void remove_member(AccountId, InboxId, ConversationId agent) = 0;
  virtual bool is_member(AccountId, InboxId, ConversationId agent) = 0;
  virtual std::vector<ConversationId> members(AccountId, InboxId) = 0;
  virtual std::vector<InboxId> of_member(AccountId, ConversationId agent) = 0;
};

class Contacts {
 public:
  virtual ~Contacts() = default;
  virtual std::optional<Contact> find(AccountId, ContactId) = 0;
  virtual std::optional<Contact> find_by_conversation(AccountId, ConversationId) = 0;
  virtual std::optional<Contact> find_by_identifier(AccountId, std::string_view identifier) = 0;
  // The owner of the host application's tokens with this `sub`.
  virtual std::optional<Contact> find_by_external_id(AccountId, ContactKind,
                                                     std::string_view external_id) = 0;
  // The contact that this device has been on this site, if any.
  virtual std::optional<Contact> find_by_device(AccountId, SupportTokenId,
                                                std::string_view device_id) = 0;
  virtual std::vector<Contact> find_by_email(AccountId,
                                             std::string_view email_lower_case) = 0;  // at most 100
  virtual std::vector<Contact> find_by_phone(AccountId, std::string_view phone) = 0;  // at most 100
  virtual void insert(const Contact&) = 0;
  virtual void update(const Contact&) = 0;
};

class SupportTokens {
 public:
  virtual ~SupportTokens() = default;
  virtual std::optional<SupportToken> find_by_hash(std::string_view sha256) = 0;  // of any account
  virtual std::optional<SupportToken> find(AccountId, SupportTokenId) = 0;
  virtual std::vector<SupportToken> list(AccountId) = 0;  // at most 1,000, in force first
  virtual void insert(const SupportToken&) = 0;
  virtual void update(const SupportToken&) = 0;
};

class VisitorSessions {
 public:
  virtual ~VisitorSessions() = default;
  virtual std::optional<VisitorSession> find_by_hash(
      std::string_view sha256) = 0;  // of any account
  virtual std::vector<VisitorSession> of_contact(AccountId, ContactId,
                                                 int limit) = 0;  // newest first
  virtual void insert(const VisitorSession&) = 0;
  virtual void update(const VisitorSession&) = 0;
};

// waiting: open rooms whose customer waits for an answer, the longest waiting first (of the
// account's 5,000 longest waiting, at most 1,000), then the others, newest first.
enum class RoomSort { created_at, updated_at, priority, waiting };

// Whose list: rooms assigned to `viewer`, unassigned rooms of `inboxes`, every room of
// `open_inboxes`; or all of the account.
struct RoomScope {
  bool whole_account = false;
  ConversationId viewer;
  std::vector<InboxId> inboxes;
  std::vector<InboxId> open_inboxes;  // those with Visibility::inbox
};

// Of the rooms in scope: all, those assigned to its viewer, those assigned to nobody.
enum class RoomHolder { anyone, viewer, nobody };

struct RoomQuery {
  AccountId account;
  RoomScope scope;
  RoomHolder holder = RoomHolder::anyone;
  std::optional<RoomStatus> status;
  std::optional<Priority> priority;
  std::optional<std::vector<InboxId>> inboxes;  // of these only
  std::optional<std::vector<RoomId>> among;     // of these only; at most 500
  std::string tag;                              // empty = any
  std::string search;  // empty = none; contact name, e-mail, message text (notes too)
  RoomSort sort = RoomSort::updated_at;  // newest or most urgent first, ties by newest update
  int page = 1;
  int limit = 20;
};

struct RoomPage {
  std::vector<Room> rooms;
  std::map<RoomId, SearchHit> hits;  // none for a room that its contact or order number found
  std::int64_t total = 0;            // of searches and of a tag: counted up to 1,000
};

class Rooms {
 public:
  virtual ~Rooms() = default;
  virtual std::optional<Room> find(AccountId, RoomId) = 0;
  virtual void insert(const Room&) = 0;
  virtual void update(const Room&) = 0;  // assignees included
  virtual RoomPage list(const RoomQuery&) = 0;
  virtual RoomPage list_of_contact(AccountId, ContactId, std::string_view search, int page,
                                   int limit) = 0;
  virtual std::optional<Room> newest_open_of_contact(
      AccountId, ContactId) = 0;  // newest not-closed, else newest
  // Rooms in scope whose newest change was stored at or after `since`, oldest change first: for
  // sync.
  virtual std::vector<Room> changed_since(AccountId, const RoomScope&, Timestamp since,
                                          int limit) = 0;
  virtual std::vector<Room> changed_since_of_contact(AccountId, ContactId, Timestamp since,
                                                     int limit) = 0;
  virtual void insert_change(const RoomChange&) = 0;
  virtual std::vector<RoomChange> changes_after(AccountId, RoomId, std::int64_t seq, int limit) = 0;
  virtual std::optional<RoomChange> last_change(AccountId, RoomId, RoomChangeKind) = 0;
  virtual std::optional<ReadMarker> marker(AccountId, RoomId, ConversationId reader) = 0;
  virtual std::vector<ReadMarker> markers(AccountId, RoomId) = 0;  // of every reader of the room
  virtual std::vector<ReadMarker> markers_of(AccountId, ConversationId reader,
                                             const std::vector<RoomId>&) = 0;
  virtual void upsert_marker(AccountId, const ReadMarker&) = 0;
  // `from` has read nothing of the room any more, and `to` at least what either had.
  virtual void move_marker(AccountId, RoomId, ConversationId from, ConversationId to) = 0;
};

struct MessageQuery {
  AccountId account;
  RoomId room;
  bool with_notes = false;
  std::int64_t after_seq = 0;           // exclusive; 0 = from the start
  std::int64_t before_seq = INT64_MAX;  // exclusive
  bool newest_first = true;
  int limit = 20;
  std::string search;  // empty = none
};

class Messages {
 public:
  virtual ~Messages() = default;
  virtual std::optional<Message> find(AccountId, RoomId, MessageId) = 0;
  virtual std::vector<Message> list(
      const MessageQuery&) = 0;  // ends early at 256 KiB of content, at least one
  // The newest message of this side, notes left out, up to and with `seq`. Looked for among the 500
  // newest there.
  virtual std::optional<MessageId> newest_of(AccountId, RoomId, SenderKind, std::int64_t seq) = 0;
  // Which room holds the message.
  virtual std::optional<RoomId> room_of(AccountId, MessageId) = 0;
  // Messages of this side in (after_seq, up_to_seq], notes left out: the newest `limit`.
  virtual std::vector<MessageId> between(AccountId, RoomId, SenderKind, std::int64_t after_seq,
                                         std::int64_t up_to_seq, int limit) = 0;
  virtual void insert(const Message&) = 0;
};

// The stored answer to a write that carried a client id, so that the same write again gives the
// same answer.
struct StoredOutcome {
  std::string body_digest;   // SHA-256 of what was asked
  std::int64_t subject = 0;  // the id of what it made or changed
  std::string detail;        // whatever else the answer needs
  Timestamp created_at;
};

struct OutcomeKey {
  AccountId account;
  ConversationId actor;
  std::string operation;
  std::string client_id;  // at most kMaxClientIdBytes
};

inline constexpr std::size_t kMaxClientIdBytes = 128;

class Outcomes {
 public:
  virtual ~Outcomes() = default;
  virtual std::optional<StoredOutcome> find(const OutcomeKey&) = 0;
  virtual void insert(const OutcomeKey&, const StoredOutcome&) = 0;
  // Of the first `limit` behind `after` in the order of keys, those stored before then go. The last
  // that was looked at; nothing behind the end.
  virtual std::optional<OutcomeKey> remove_old(Timestamp before, const OutcomeKey& after,
                                               int limit) = 0;
};

class Transaction {
 public:
  virtual ~Transaction() = default;

  virtual Timestamp now() = 0;  // never before an earlier transaction's
  virtual IdSource& ids() = 0;

  virtual Accounts& accounts() = 0;
  virtual Agents& agents() = 0;
  virtual Inboxes& inboxes() = 0;
  virtual Contacts& contacts() = 0;
  virtual SupportTokens& support_tokens() = 0;
  virtual VisitorSessions& visitor_sessions() = 0;
  virtual Rooms& rooms() = 0;
  virtual RoomPreferences& room_preferences() = 0;
  virtual RoomTags& room_tags() = 0;
  virtual RoomDepartures& room_departures() = 0;
  virtual Tickets& tickets() = 0;
  virtual Messages& messages() = 0;
  virtual Outcomes& outcomes() = 0;
  virtual Routing& routing() = 0;
  virtual RoutingTasks& routing_tasks() = 0;
  virtual AccountSettingsRows& account_settings() = 0;
  virtual Invitations& invitations() = 0;
  virtual CannedReplies& canned_replies() = 0;
  virtual Integrations& integrations() = 0;
  virtual AuditLog& audit_log() = 0;
  virtual Statistics& statistics() = 0;
  virtual RoomCounters& room_counters() = 0;
  virtual const TimeZones& time_zones() = 0;
  virtual Uploads& uploads() = 0;
  virtual StudentChats& student_chats() = 0;
  virtual Questions& questions() = 0;
  virtual BotIntents& bot_intents() = 0;
  virtual BotFacts& bot_facts() = 0;
  virtual OrderRooms& order_rooms() = 0;

  // Delivered after the commit, in the order of recording; dropped when the use case fails.
  virtual void record(Event event) = 0;
};

}  // namespace parlor::chat
