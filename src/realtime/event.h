// An event from a client, while its handler runs; and the right to acknowledge it later.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "realtime/socket_ref.h"
#include "socketio/arguments.h"

namespace parlor::realtime {

using socketio::Arguments;
using socketio::ArgumentsView;

class Server;
class Socket;

// Acknowledges one event, once, from any thread, whenever the answer is there. Does nothing when
// the client did not ask for an answer or has left. Answers given on the socket's shard leave at
// once.
class Reply {
 public:
  Reply() = default;
  Reply(Server& server, SocketRef socket, std::optional<std::uint64_t> ack_id)
      : server_(&server), socket_(socket), ack_id_(ack_id) {}

  bool is_wanted() const { return ack_id_.has_value(); }
  void operator()(Arguments arguments);
  template <class... Values>
  void operator()(const Values&... values) {
    (*this)(Arguments::of(values...));
  }

 private:
  Server* server_ = nullptr;
  SocketRef socket_;
  std::optional<std::uint64_t> ack_id_;
};

// Valid during the handler; arguments() may be copied into Arguments.
class Event {
 public:
  Event(Server& server, SocketRef socket, std::string_view name, ArgumentsView arguments,
        std::optional<std::uint64_t> ack_id)
      : server_(server), socket_(socket), name_(name), arguments_(arguments), ack_id_(ack_id) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  std::string_view name() const { return name_; }
  // Their JSON text can be emitted again as it is: io.emit("msg", event.arguments()).
  const ArgumentsView& arguments() const { return arguments_; }
  std::size_t size() const { return arguments_.size(); }
  // JSON text of one argument; empty when there is none.
  std::string_view raw(std::size_t index) const { return arguments_.raw(index); }
  Result<boost::json::value> json(std::size_t index) const { return arguments_.json(index); }

  bool wants_ack() const { return ack_id_.has_value(); }
  // The first one made answers; a second answer is dropped by the client.
  Reply reply() const { return Reply(server_, socket_, ack_id_); }
  template <class... Values>
  void ack(const Values&... values) const {
    reply()(Arguments::of(values...));
  }
  void ack(ArgumentsView arguments) const { reply()(Arguments(arguments)); }

 private:
  Server& server_;
  SocketRef socket_;
  std::string_view name_;
  ArgumentsView arguments_;
  std::optional<std::uint64_t> ack_id_;
};

}  // namespace parlor::realtime
