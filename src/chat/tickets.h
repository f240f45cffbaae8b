// Tickets: what their callers do with them. Every use case begins with ticket_access.h, and fails
// as it does.
//
// Agents do everything; customers join, are present, leave, read and publish. What is refused
// because the ticket was closed is `gone`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/message_draft.h"
#include "chat/responder.h"
#include "chat/ticket.h"
#include "chat/transaction.h"

namespace parlor::chat {

using MembershipAnswerPtr = std::shared_ptr<MembershipAnswer>;

// ---- metadata (ticket_metadata.cc) --------------------------------------------------------------

struct SetTicketMetadata {
  std::string ticket;
  JsonObjectText patch;  // merged into what is there, see JsonObjectText::merged
};
struct TicketMetadata {
  TicketKey key;
  JsonObjectText metadata;
  std::int64_t version = 0;
};
// For agents. Creates the ticket. too_large beyond kMaxTicketMetadataBytes. Of a support room,
// priority, status and assignedAgentId change the room.
Result<TicketMetadata> set_ticket_metadata(Transaction& transaction, const Actor& actor,
                                           const SetTicketMetadata& input);

// For the server itself: the contact turns out to be the other one. Their tickets name the other
// one from now on, the first so many of them.
void hand_over_tickets(Transaction& transaction, const Contact& from, const Contact& to, int limit);

// ---- history (ticket_history.cc) ----------------------------------------------------------------

struct PublishToTicket {
  std::string ticket;
  std::string type;
  std::string data;  // a JSON value
  // The same as a message of a support room, or why it is none.
  Result<MessageDraft> as_message = fail(ErrorCode::invalid, "no message");
  std::string client_id;  // idempotency.h; empty = none
  BotInput bot = {};      // of a room that the bot may answer
};
// A message of the ticket's own, or of the support room that it is.
struct TicketEntry {
  Person author;
  std::variant<TicketMessage, Message> said;
};
struct PublishedToTicket {
  TicketKey key;
  TicketEntry entry;
};
// An agent creates the ticket. invalid, too_large (kMaxPublishBytes), conflict; forbidden: notes of
// customers.
Result<PublishedToTicket> publish_to_ticket(Transaction& transaction, const Actor& actor,
                                            const PublishToTicket& input);

struct ReadTicketHistory {
  std::string ticket;
  std::optional<int> limit;  // default 50, at most 200
  std::string cursor;        // empty = from the newest
};
struct TicketHistory {
  TicketKey key;
  std::vector<TicketEntry> entries;  // newest first; ends early at 256 KiB
  std::string next_cursor;           // empty = no more
};
// Also of a closed ticket. Customers get no notes.
Result<TicketHistory> read_ticket_history(Transaction& transaction, const Actor& actor,
                                          const ReadTicketHistory& input);

// ---- who is there (ticket_presence.cc) ----------------------------------------------------------

struct JoinTicket {
  std::string ticket;
  std::string metadata;  // of the membership
  std::string presence;
  bool reopen = false;  // for agents: opens a closed ticket
  std::string resume_token;
  std::uint64_t connection = 0;
};
struct JoinedTicket {
  TicketMetadata about;
  TicketHistory history;  // the newest 100
  MembershipAnswerPtr answer;
};
// An agent creates the ticket. Answers the state at one point between the commits: whoever joins
// there hears of every later one.
Result<JoinedTicket> join_ticket(Transaction& transaction, const Actor& actor,
                                 const JoinTicket& input);

// These three write nothing: they ask the memory in their place among the commits.
struct BePresent {
  std::string ticket;
  std::string presence;
};
struct LeaveTicket {
  std::string ticket;
  std::uint64_t connection = 0;  // see LeaveAsked
};
struct ListTicketMembers {
  std::string ticket;
  std::optional<int> limit;  // default 25, at most 100
  std::string cursor;
};
struct AskedTicket {
  TicketKey key;
  MembershipAnswerPtr answer;
};
Result<AskedTicket> be_present(Transaction& transaction, const Actor& actor,
                               const BePresent& input);
Result<AskedTicket> leave_ticket(Transaction& transaction, const Actor& actor,
                                 const LeaveTicket& input);
Result<AskedTicket> list_ticket_members(Transaction& transaction, const Actor& actor,
                                        const ListTicketMembers& input);

// ---- the ticket itself (ticket_lifecycle.cc) ----------------------------------------------------

struct GetTicket {
  std::string ticket;
};
struct TicketView {
  TicketMetadata about;
  bool is_closed = false;
  Timestamp closed_at;
  Timestamp kept_idle_since;  // as it is stored; 0 = active
  MembershipAnswerPtr answer;
};
Result<TicketView> get_ticket(Transaction& transaction, const Actor& actor, const GetTicket& input);

struct TicketStanding {
  TicketStatus status = TicketStatus::active;
  Timestamp idle_since;  // idle only
};
// What is stored, and who is there.
TicketStanding standing_of(const TicketView& view);

struct CloseTicket {
  std::string ticket;
  bool delete_history = false;
  bool delete_snapshots = false;
};
struct ClosedTicket {
  TicketKey key;
  Timestamp closed_at;
};
// For agents. A second time it does nothing. conflict: the history of a support room is not deleted
// this way.
Result<ClosedTicket> close_ticket(Transaction& transaction, const Actor& actor,
                                  const CloseTicket& input);

// For the server itself. The ticket has had no members since then, for long enough.
Result<Ok> mark_ticket_idle(Transaction& transaction, const TicketKey& ticket, Timestamp since);
// Deletes a step of what closing has left to be deleted; answers whether there may be more.
Result<bool> erase_deleted_history(Transaction& transaction);

// ---- snapshots (ticket_snapshots.cc) ------------------------------------------------------------

struct SaveTicketSnapshot {
  std::string ticket;
  std::string name;  // one of the same name is replaced
};
struct SavedTicketSnapshot {
  TicketKey key;
  TicketSnapshot snapshot;
};
// For agents. conflict: the ticket has kMaxSnapshots of other names.
Result<SavedTicketSnapshot> save_ticket_snapshot(Transaction& transaction, const Actor& actor,
                                                 const SaveTicketSnapshot& input);

struct ListTicketSnapshots {
  std::string ticket;
  std::optional<int> limit;  // default 25, at most 100
  std::string cursor;
};
struct TicketSnapshotPage {
  TicketKey key;
  std::vector<TicketSnapshot> snapshots;  // newest first
  std::string next_cursor;
};
// For agents.
Result<TicketSnapshotPage> list_ticket_snapshots(Transaction& transaction, const Actor& actor,
                                                 const ListTicketSnapshots& input);

}  // namespace parlor::chat
