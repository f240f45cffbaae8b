// One client's Socket.IO connection over an Engine.IO session, server side: which namespaces it has
// joined, the packets between them, acknowledgements.
//
//   of each namespace:   absent ─CONNECT─▶ connecting ─accept()─▶ connected ─DISCONNECT─▶ absent
//                                              └─refuse()─▶ absent
//
// Owned by its host, on one thread, the time passed in. The host may call everything here from
// inside its handlers, but must not destroy the connection there.
//
// Whatever the protocol closes a connection for ends in host.close(parse_error). Bounded by: the
// number of namespaces that the host knows, kMaximumPendingAcks, and while a binary packet is put
// together by kMaximumAttachments packets of the transport's size, what host.hold() allows and
// kAttachmentTimeout (else incomplete_packet).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "socketio/arguments.h"
#include "socketio/close_reason.h"
#include "socketio/packet.h"
#include "socketio/time.h"

namespace parlor::socketio {

// The host's number for a namespace.
using NamespaceIndex = std::uint16_t;

// What the client answered. Fails with unavailable (it did not answer in time) or gone (it left).
using AckCallback = std::function<void(Result<ArgumentsView>)>;

struct IncomingEvent {
  std::string_view name;
  ArgumentsView arguments;  // valid during the call
  std::optional<std::uint64_t> ack_id;
};

class ConnectionHost {
 public:
  virtual std::optional<NamespaceIndex> find_namespace(std::string_view name) = 0;
  virtual std::string_view namespace_name(NamespaceIndex nsp) = 0;

  // The client asks to join. To be answered by accept() or refuse(), now or later. `auth_json` is
  // an object, or empty.
  virtual void on_connect(NamespaceIndex nsp, std::string_view auth_json) = 0;
  virtual void on_event(NamespaceIndex nsp, const IncomingEvent& event) = 0;
  // It has left. Also called for a namespace that it was still connecting to.
  virtual void on_disconnect(NamespaceIndex nsp, CloseReason reason) = 0;

  virtual void send(const MessagePtr& message) = 0;
  // Ends the session. The host calls on_closed() when that has happened, perhaps inside.
  virtual void close(CloseReason reason) = 0;

  // Keeps that much of a packet whose attachments are still to come. False: there is no room.
  virtual bool hold(std::size_t bytes) = 0;
  virtual void release(std::size_t bytes) = 0;

 protected:
  ~ConnectionHost() = default;
};

class Connection {
 public:
  static constexpr std::size_t kMaximumPendingAcks = 4'096;
  static constexpr Milliseconds kAttachmentTimeout = 30'000;  // from one to the next

  // Closes with connect_timeout when no namespace has been joined by `connect_deadline`.
  Connection(ConnectionHost& host, Milliseconds connect_deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // What the Engine.IO session has received.
  void on_text(std::string_view packet, Milliseconds now);
  void on_binary(std::string_view bytes, Milliseconds now);
  // The session is over: leaves every namespace.
  void on_closed(CloseReason reason);

  // Answers to on_connect. Nothing happens when the client is no longer connecting to it.
  bool accept(NamespaceIndex nsp, std::string_view sid);
  void refuse(NamespaceIndex nsp, std::string_view message, std::string_view data_json);

  void send(const EncodedPacket& packet);
  void emit(NamespaceIndex nsp, std::string_view name, ArgumentsView arguments);
  // An ack of that id is to come, for an event that the caller sends next. `ack_id` is unique among
  // those awaited from this client. `callback` is called once, always: with the answer, or when
  // there will be none. False: it was called already, and the event should not be sent.
  bool expect_ack(NamespaceIndex nsp, std::uint64_t ack_id, Milliseconds deadline,
                  AckCallback callback);
  void ack(NamespaceIndex nsp, std::uint64_t ack_id, ArgumentsView arguments);
  // The server ends the client's membership; the transport stays.
  void disconnect(NamespaceIndex nsp);

  // The next time that on_time() must be called.
  Milliseconds deadline() const;
  void on_time(Milliseconds now);

  bool is_connected(NamespaceIndex nsp) const;
  std::size_t namespace_count() const { return members_.size(); }

 private:
  struct PendingAck {
    std::uint64_t id;
    Milliseconds deadline;
    AckCallback callback;
  };
  struct Membership {
    NamespaceIndex nsp;
    bool connected;
    std::vector<PendingAck> acks;
  };
  // A binary packet whose attachments are still to come.
  struct Assembly;

  Membership* find(NamespaceIndex nsp);
  const Membership* find(NamespaceIndex nsp) const;
  void remove(NamespaceIndex nsp, CloseReason reason);
  Membership* member_for(const Packet& packet);
  void handle(const Packet& packet, std::span<const MessagePtr> attachments);
  void handle_connect(const Packet& packet);
  void handle_event(NamespaceIndex nsp, const Packet& packet, ArgumentsView arguments);
  void handle_ack(Membership& member, const Packet& packet, ArgumentsView arguments);

  ConnectionHost& host_;
  std::vector<Membership> members_;
  std::unique_ptr<Assembly> assembly_;
  Milliseconds connect_deadline_;
  bool closed_ = false;
};

}  // namespace parlor::socketio
