// A ticket: a room of an application's own, by an id of the application's own, with metadata that
// means something to the application alone, a history and named snapshots.
//
//   active ── no members for PresenceRules::idle_after_ms ──▶ idle ── join ──▶ active
//      └──────────────── close ──▶ destroyed ◀── close ────────┘
//                                    └── join with reopen ──▶ active
//
// Whether anybody is there is memory (membership.h); what is stored follows it with one write for
// each change of the status.
//
// A ticket whose id is that of a support room is that room (ticket_access.h): then only the
// metadata that the room has no field for, and the snapshots, are kept here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json_text.h"
#include "chat/membership.h"

namespace parlor::chat {

using TicketId = Id<struct TicketTag>;

inline constexpr std::size_t kMaxTicketIdBytes = 128;
inline constexpr std::size_t kMaxTicketMetadataBytes = 16 * 1024;
inline constexpr std::size_t kMaxPublishBytes = 64 * 1024;  // type and data
inline constexpr std::size_t kMaxTicketTypeBytes = 64;
inline constexpr std::size_t kMaxSnapshotNameCharacters = 128;
inline constexpr int kMaxSnapshots = 100;  // of one ticket

enum class TicketStatus { active, idle, destroyed };
std::string_view name_of(TicketStatus status);

struct Ticket {
  TicketId id;
  AccountId account;
  std::string name;          // the application's id
  JsonObjectText metadata;   // of a support room: only what it has no field for
  std::string contact;       // whom the metadata names; empty = nobody
  std::int64_t version = 0;  // of the metadata
  TicketStatus status = TicketStatus::active;
  std::int64_t seq = 0;         // of the newest message
  std::int64_t erased_seq = 0;  // messages up to this one were deleted
  Timestamp last_stamp;         // of the newest message
  Timestamp created_at;
  Timestamp updated_at;
  Timestamp active_at;   // since when it is active, or was for the last time
  Timestamp idle_since;  // idle: since when
  Timestamp closed_at;   // destroyed: since when

  TicketKey key() const { return {account, name}; }
};

// Messages of this type are for the team only, as in support rooms.
inline constexpr std::string_view kNoteType = "note";

struct TicketMessage {
  MessageId id;
  AccountId account;
  TicketId ticket;
  std::int64_t seq = 0;  // dense in its ticket
  std::string type;
  std::string data;  // a JSON value
  Person author;
  Timestamp created_at;

  bool is_note() const { return type == kNoteType; }
};

// The state of a ticket under a name.
struct TicketSnapshot {
  AccountId account;
  TicketId ticket;
  std::int64_t number = 0;  // a newer one has a higher number
  std::string name;
  std::string metadata;  // as it was shown, a JSON object
  std::int64_t version = 0;
  std::int64_t seq = 0;  // of the newest message then
  Person author;
  Timestamp created_at;
};

// Newest first, with a seq above `after` and below `before`.
struct TicketMessageQuery {
  AccountId account;
  TicketId ticket;
  std::int64_t after = 0;
  std::int64_t before = INT64_MAX;
  int limit = 0;
  bool with_notes = false;
};

// Rows of a transaction. Pages end early at 256 KiB of data, with one row at least.
class Tickets {
 public:
  virtual ~Tickets() = default;
  virtual std::optional<Ticket> find(AccountId, std::string_view name) = 0;
  // Whose metadata names the contact (Ticket::contact), by name.
  virtual std::vector<Ticket> of_contact(AccountId, std::string_view contact, int limit) = 0;
  virtual void insert(const Ticket&) = 0;
  virtual void update(const Ticket&) = 0;

  virtual std::optional<TicketMessage> find_message(AccountId, TicketId, std::int64_t seq) = 0;
  virtual std::vector<TicketMessage> messages(const TicketMessageQuery&) = 0;
  virtual void insert_message(const TicketMessage&) = 0;
  // Of any ticket, messages that were deleted (erased_seq) and are still there: removes at most so
  // many, and answers whether there was anything to do, so that it is asked again.
  virtual bool remove_erased_messages(int limit) = 0;

  // Newest first, with a number below `before`.
  virtual std::vector<TicketSnapshot> snapshots(AccountId, TicketId, std::int64_t before,
                                                int limit) = 0;
  virtual int count_snapshots(AccountId, TicketId) = 0;
  virtual bool has_snapshot(AccountId, TicketId, std::string_view name) = 0;
  // Replaces one of the same name.
  virtual void put_snapshot(const TicketSnapshot&) = 0;
  virtual void remove_snapshots(AccountId, TicketId) = 0;
};

// ---- what is told of a ticket, to the connections in its room -----------------------------------

struct TicketMetadataChanged {
  std::string metadata;            // all of it
  std::string customers_metadata;  // as customers are shown it
  std::int64_t version = 0;
  bool is_customers_too = false;  // theirs is another
  bool owner_changed = false;     // then customers have to join again
};
struct TicketMessagePosted {
  TicketMessage message;
};
// All its members are gone.
struct TicketClosed {
  Timestamp closed_at;
  bool history_deleted = false;
};

struct TicketChanged {
  TicketKey ticket;
  std::variant<TicketMetadataChanged, TicketMessagePosted, TicketClosed> what;
};

}  // namespace parlor::chat
