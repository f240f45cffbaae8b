// Which ticket a call means, and whether its caller may touch it.
//
// A ticket's id is free text of its account. One that is the id of a support room of the account is
// that room: then access.h decides. Any other: the agents of the account, and the customer whom its
// metadata names (contactId, or studentId by the host application's id) once the team has written
// it. Another's ticket and one that does not exist are the same to customers: forbidden.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/access.h"
#include "chat/ticket.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct AccessedTicket {
  TicketKey key;
  std::optional<Ticket> ticket;      // as it is stored; nothing: the team has kept nothing of it
  std::optional<AccessedRoom> room;  // the support room that it is

  bool exists() const { return ticket || room; }
  bool is_closed() const;
};

// invalid: a malformed id; not_found, forbidden as access_room; forbidden.
Result<AccessedTicket> access_ticket(Transaction& transaction, const Actor& actor,
                                     std::string_view id);
// The same; not_found for an agent whose ticket does not exist.
Result<AccessedTicket> access_existing_ticket(Transaction& transaction, const Actor& actor,
                                              std::string_view id);

// invalid, saying what an id is made of.
Result<Ok> check_ticket_id(std::string_view id);
// The id as it is kept: a support room's may be written in capitals too.
std::string canonical_ticket_id(std::string_view id);

// gone "room closed": a ticket of its own that was closed takes no writes. A support room does.
Result<Ok> require_open(const AccessedTicket& access);

// The row of a ticket, made now if there is none. For agents.
Ticket& keep_ticket(Transaction& transaction, AccessedTicket& access);

Person person_of(const Actor& actor);

// Who wrote a message of a support room.
Person author_of(Transaction& transaction, const Room& room, const Message& message);

// What the team is shown of it; ticketId always.
JsonObjectText metadata_of(const AccessedTicket& access);
// The same for customers: of a support room without the team's own fields, as in the other APIs.
JsonObjectText customers_metadata_of(const AccessedTicket& access);
JsonObjectText metadata_for(const Actor& actor, const AccessedTicket& access);
// Whether a support room's metadata show what changes of this kind change.
bool is_in_metadata(RoomChangeKind kind);
// Grows with every change of it.
std::int64_t version_of(const AccessedTicket& access);

}  // namespace parlor::chat
