// Socket.IO clients of the dialects: lets them in, gives what they emit to the store, ends them
// with their token.
//
// Letting in, without a gap between what a client may see and what it gets:
//
//   handshake ─ verify token ─ read rooms ─▶ join them, holding back ─ read rooms again ─ the same?
//   ─▶ CONNECT, release
//                                              ▲                                      └ changed ─┐
//                                              └──────────── at most kAttempts times ◀───────────┘
//
// Thread: attached before the server starts; its handlers run on the sockets' shards and on threads
// of the store.
#pragma once

#include <memory>

#include "app/admission.h"
#include "app/connected_people.h"
#include "app/site_activity.h"
#include "app/store_pipeline.h"
#include "app/token_authority.h"
#include "delivery/publisher.h"
#include "dialects/common/socket_dialect.h"
#include "realtime/namespace.h"
#include "realtime/socket.h"

namespace parlor::app {

// What it is given outlives it, and it outlives the HTTP server.
struct GatewayParts {
  realtime::Namespace& sockets;
  SocketDialects dialects;  // of an event, the first that knows its name
  store::Store& store;
  StorePipeline& pipeline;
  StoreTokenAuthority& tokens;
  delivery::Publisher& publisher;
  ConnectedPeople& connected;
  SiteActivity& sites;
  const Clock& clock;
};

class SocketGateway {
 public:
  static constexpr int kAttempts = 5;
  static constexpr std::uint16_t kVisitorEventsPerSecond = 50;
  static constexpr std::uint16_t kVisitorEventBurst = 2'500;
  static constexpr std::uint32_t kVisitorRooms = 64;

  explicit SocketGateway(GatewayParts parts);
  SocketGateway(const SocketGateway&) = delete;
  SocketGateway& operator=(const SocketGateway&) = delete;

  // Adds its handlers to the namespace.
  void attach();

 private:
  struct Client;
  struct Entry;
  class Counted;
  using EntryPtr = std::shared_ptr<Entry>;

  void on_handshake(realtime::Socket& socket, realtime::Next next);
  void identify(const EntryPtr& entry, dialects::SocketCredentials credentials);
  void identify_client(const EntryPtr& entry, dialects::ClientCredentials named);
  void verify(const EntryPtr& entry, const std::string& token);
  void read_rooms(const EntryPtr& entry);
  void take_seat(const EntryPtr& entry, Admission admission);
  void refuse(const EntryPtr& entry, const Error& error);
  void on_event(realtime::Socket& socket, realtime::Event& event);
  bool beat(const Client& client, realtime::Event& event);
  void refuse_binary(realtime::Socket& socket, realtime::Event& event);
  void decode(realtime::Socket& socket, std::string_view event, std::string_view argument,
              realtime::Reply answer);
  void run(realtime::Socket& socket, dialects::SocketRequest request, realtime::Reply answer);
  void finish(realtime::SocketRef ref, const std::string& channel, dialects::SocketReply reply,
              realtime::Reply answer);
  void signal(const Client& client, delivery::AgentSignal::What what);  // of agents only
  void watch_end(Client& client);
  void check_client(Client& client);
  void renew(realtime::Socket& socket, const Result<Admission>& admission);

  GatewayParts parts_;
};

}  // namespace parlor::app
