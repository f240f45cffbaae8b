// The calls of the ticket dialect, each once for both transports: over HTTP the ticket is in the
// path, over Socket.IO in `room`; the body and the answer are the same.
//
// A call is a type with what it takes and gives, its use case, and how it is read and said. Reading
// fails with invalid or too_large; saying fails where the memory of members has refused.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "chat/tickets.h"
#include "dialects/common/call.h"
#include "dialects/common/json_fields.h"
#include "net/http_types.h"

namespace parlor::dialects::ticket {

// What was sent, of either transport.
struct Request {
  std::string ticket;
  const boost::json::object& body;
  const net::QueryParams& query;
  std::string client_id;         // of a header
  std::uint64_t connection = 0;  // over Socket.IO
  const chat::Responder* responder = nullptr;
};

template <class TheInput, class TheOutput, Access kAccess>
struct CallTypes {
  using Input = TheInput;
  using Output = TheOutput;
  static constexpr Access access = kAccess;
};

struct SetMetadata : CallTypes<chat::SetTicketMetadata, chat::TicketMetadata, Access::write> {
  static constexpr auto use_case = chat::set_ticket_metadata;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct Join : CallTypes<chat::JoinTicket, chat::JoinedTicket, Access::write> {
  static constexpr auto use_case = chat::join_ticket;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct BePresent : CallTypes<chat::BePresent, chat::AskedTicket, Access::ordered> {
  static constexpr auto use_case = chat::be_present;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct ListMembers : CallTypes<chat::ListTicketMembers, chat::AskedTicket, Access::ordered> {
  static constexpr auto use_case = chat::list_ticket_members;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct Leave : CallTypes<chat::LeaveTicket, chat::AskedTicket, Access::ordered> {
  static constexpr auto use_case = chat::leave_ticket;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct Publish : CallTypes<chat::PublishToTicket, chat::PublishedToTicket, Access::write> {
  static constexpr auto use_case = chat::publish_to_ticket;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct ReadHistory : CallTypes<chat::ReadTicketHistory, chat::TicketHistory, Access::read> {
  static constexpr auto use_case = chat::read_ticket_history;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct Get : CallTypes<chat::GetTicket, chat::TicketView, Access::ordered> {
  static constexpr auto use_case = chat::get_ticket;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct SaveSnapshot
    : CallTypes<chat::SaveTicketSnapshot, chat::SavedTicketSnapshot, Access::write> {
  static constexpr auto use_case = chat::save_ticket_snapshot;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct ListSnapshots
    : CallTypes<chat::ListTicketSnapshots, chat::TicketSnapshotPage, Access::read> {
  static constexpr auto use_case = chat::list_ticket_snapshots;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

struct Close : CallTypes<chat::CloseTicket, chat::ClosedTicket, Access::write> {
  static constexpr auto use_case = chat::close_ticket;
  static Result<Input> decode(const Request& request);
  static Result<std::string> encode(const Links&, const Input&, const Output&);
};

// {typing} or {presence}: the presence as members are shown it.
Result<std::string> presence_of(const boost::json::object& body);

}  // namespace parlor::dialects::ticket
