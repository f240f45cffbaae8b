#include "app/socket_gateway.h"

#include <algorithm>
#include <utility>

#include "app/function_job.h"
#include "chat/customers.h"
#include "chat/integrations.h"
#include "delivery/audiences.h"
#include "identity/token_verifier.h"
#include "net/shard.h"
#include "net/timer_wheel.h"
#include "realtime/server.h"

namespace parlor::app {
namespace {

// How often a visitor's session is looked at again, and the longest that any timer waits.
constexpr std::int64_t kSessionCheckMs = 10 * 60 * 1000;
constexpr std::int64_t kLongestWaitMs = 12LL * 3600 * 1000;

// What the reply says of the socket itself; on its shard.
void apply(realtime::Socket& socket, const dialects::SocketReply& reply) {
  if (!reply.leaves.empty()) socket.leave(delivery::room_of_channel(reply.leaves));
  if (!reply.enters.empty() && !socket.join(delivery::room_of_channel(reply.enters))) {
    return socket.close_transport();
  }
  for (const auto& told : reply.emits) {
    socket.emit(told.event, socketio::ArgumentsView(told.argument, {}));
  }
}

bool concerns_socket(const dialects::SocketReply& reply) {
  return !reply.leaves.empty() || !reply.enters.empty() || !reply.emits.empty();
}

// From here on, what is told in the channel is held back, until it is known whether the socket may
// be there. False: it may join no more rooms.
bool hold_channel(realtime::Socket& socket, const std::string& channel) {
  socket.begin_catch_up();
  if (socket.join(delivery::room_of_channel(channel))) return true;
  socket.end_catch_up();
  return false;
}

// Writes what was held back, without what the socket may not hear or has been told already. False:
// too much came meanwhile.
bool release_channel(realtime::Socket& socket, const dialects::SocketReply& reply) {
  return socket.end_catch_up([&](const realtime::Broadcast& broadcast) {
    const bool is_told = reply.seen_stream != 0 && broadcast.stream == reply.seen_stream &&
                         broadcast.position <= reply.seen_position;
    const auto hears = [&](const std::string& room) { return socket.is_in(room); };
    if (is_told || broadcast.rooms.empty()) return is_told;
    return std::none_of(broadcast.rooms.begin(), broadcast.rooms.end(), hears);
  });
}

// A socket's serial is unique on its shard.
std::uint64_t number_of(const realtime::SocketRef& socket) {
  constexpr int kSerialBits = 48;
  return (static_cast<std::uint64_t>(socket.place.shard) << kSerialBits) | socket.serial;
}

}  // namespace

// What the server knows of a connected client. Lives in its socket's data slot, thousands of times:
// a visitor's secrets are packed into one string.
struct SocketGateway::Client {
  SocketGateway& gateway;
  realtime::SocketRef socket;
  std::unique_ptr<chat::TokenClaims> claims;  // of a token's owner
  std::string secrets;                        // of a visitor: support token, '\n', session id
  std::unique_ptr<dialects::ClientCaller> client_caller;  // of the order dialect
  std::int64_t address_key = 0;
  Timestamp ends_at;  // of its token, session or site; 0 = never
  AccountId account;
  ConversationId person;
  bool is_agent = false;
  bool is_remembered = false;  // by the Publisher's memory of members, which is told its end
  net::Timer timer = net::Timer::calling<&Client::on_timer>(this);

  Client(SocketGateway& owner, realtime::SocketRef ref) : gateway(owner), socket(ref) {}
  void on_timer() { gateway.check_client(*this); }

  // Its device and origin were looked at when it came in.
  dialects::Caller caller() const {
    if (client_caller) return *client_caller;
    if (claims) return dialects::caller_of(*claims);
    const auto end = secrets.find('\n');
    return dialects::VisitorCaller{{secrets.substr(0, end), secrets.substr(end + 1), "", ""},
                                   address_key};
  }
};

// That a client counts as connected from before its rooms are read the last time on: whatever is
// told later is told to it. Until it has its seat, it is this that ends it.
class SocketGateway::Counted {
 public:
  Counted(ConnectedPeople& connected, const Admission& admission)
      : connected_(connected),
        account_(admission.actor.account),
        person_(admission.actor.conversation) {
    connected_.entered(admission.actor, admission.rooms);
  }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() {
    if (!is_seated_) connected_.left(account_, person_);
  }
  void seat() { is_seated_ = true; }

 private:
  ConnectedPeople& connected_;
  const AccountId account_;
  const ConversationId person_;
  bool is_seated_ = false;
};

// A client on its way in.
struct SocketGateway::Entry {
  realtime::SocketRef socket;
  realtime::Next next;
  std::shared_ptr<Client> client;
  dialects::Caller caller;
  std::vector<std::string> rooms;  // that it has joined
  int attempts = 0;
  bool is_holding = false;
  bool is_limited = true;  // nobody on this machine is
  std::unique_ptr<Counted> counted = nullptr;
};

SocketGateway::SocketGateway(GatewayParts parts) : parts_(std::move(parts)) {}

void SocketGateway::attach() {
  parts_.sockets.use(
      [this](realtime::Socket& socket, realtime::Next next) { on_handshake(socket, next); });
  parts_.sockets.on_any(
      [this](realtime::Socket& socket, realtime::Event& event) { on_event(socket, event); });
  parts_.sockets.on_disconnect([this](realtime::Socket& socket, socketio::CloseReason) {
    auto* client = socket.data<Client>();
    if (!client) return;
    // Here and not in a destructor: somebody on another thread may hold the client for longer.
    client->timer.stop();
    parts_.connected.left(client->account, client->person);
    signal(*client, delivery::AgentSignal::What::socket_closed);
    if (client->is_remembered) parts_.publisher.ended(number_of(client->socket));
    socket.set_data(nullptr);
  });
}

void SocketGateway::on_handshake(realtime::Socket& socket, realtime::Next next) {
  const auto* request = socket.request();
  const auto origin = request ? request->origin() : std::string_view();
  auto entry = std::make_shared<Entry>(
      Entry{socket.ref(), next, std::make_shared<Client>(*this, socket.ref()), {}, {}});
  if (request) {
    entry->is_limited = !request->is_loopback;
    entry->client->address_key = dialects::address_key_of(request->client_address);
  }
  std::optional<Error> refusal;
  for (const auto* dialect : parts_.dialects) {
    auto credentials = dialect->credentials({socket.auth(), origin});
    if (credentials) return identify(entry, std::move(*credentials));
    if (!refusal) refusal = credentials.error();
  }
  if (refusal) refuse(entry, *refusal);
}

void SocketGateway::identify(const EntryPtr& entry, dialects::SocketCredentials credentials) {
  if (auto* visitor = std::get_if<chat::VisitorCredentials>(&credentials)) {
    auto& client = *entry->client;
    client.secrets = visitor->support_token + "\n" + visitor->session_id;
    entry->caller = dialects::VisitorCaller{std::move(*visitor), client.address_key};
    return read_rooms(entry);
  }
  if (auto* named = std::get_if<dialects::ClientCredentials>(&credentials)) {
    return identify_client(entry, std::move(*named));
  }
  verify(entry, std::get<std::string>(credentials));
}

void SocketGateway::identify_client(const EntryPtr& entry, dialects::ClientCredentials named) {
  auto& client = *entry->client;
  client.client_caller = std::make_unique<dialects::ClientCaller>();
  client.client_caller->client_code = std::move(named.client_code);
  client.client_caller->address_key = client.address_key;
  if (!named.authorization.starts_with(chat::kIntegrationKeyPrefix)) {
    return verify(entry, named.authorization);
  }
  client.client_caller->key = std::move(named.authorization);
  entry->caller = client.caller();
  read_rooms(entry);
}

void SocketGateway::verify(const EntryPtr& entry, const std::string& token) {
  parts_.tokens.verify_until(token, [this, entry](Result<identity::VerifiedToken> verified) {
    if (!verified) return refuse(entry, verified.error());
    auto& client = *entry->client;
    client.ends_at = verified->expires_at + identity::kLeewayMs;
    client.claims = std::make_unique<chat::TokenClaims>(std::move(verified->claims));
    if (client.client_caller) client.client_caller->claims = *client.claims;
    entry->caller = client.caller();
    read_rooms(entry);
  });
}

void SocketGateway::read_rooms(const EntryPtr& entry) {
  ++entry->attempts;
  // A customer who comes for the first time is written down.
  const auto* claims = entry->client->claims.get();
  const bool may_be_new = entry->attempts == 1 && claims && chat::customer_kind(claims->role);
  const auto mode = may_be_new ? dialects::Mode::write : dialects::Mode::read;
  parts_.store.submit(may_be_new ? store::Lane::write : store::Lane::read,
                      make_job(
                          dialects::account_of(entry->caller),
                          [this, entry, mode](chat::Transaction& transaction) {
                            return admit(transaction, entry->caller, parts_.dialects, mode);
                          },
                          [this, entry](Result<Admission> admission) {
                            if (!admission) return refuse(entry, admission.error());
                            parts_.sockets.server().with_socket(
                                entry->socket,
                                [this, entry, admitted = std::move(*admission)](realtime::Socket&) {
                                  take_seat(entry, admitted);
                                });
                          }));
}

void SocketGateway::take_seat(const EntryPtr& entry, Admission admission) {
  auto* socket = parts_.sockets.server().find(entry->socket);
  if (!socket) return;
  auto& client = *entry->client;
  if (entry->is_holding && entry->rooms == admission.rooms) {
    const bool is_customer = admission.actor.kind == chat::ActorKind::contact;
    if (is_customer && entry->is_limited) {
      socket->limit_events({kVisitorEventsPerSecond, kVisitorEventBurst});
    }
    if (is_customer) socket->limit_rooms(kVisitorRooms);
    client.account = admission.actor.account;
    client.person = admission.actor.conversation;
    client.is_agent = admission.actor.is_team();
    entry->counted->seat();
    signal(client, delivery::AgentSignal::What::socket_opened);
    if (admission.site) parts_.sites.seen(client.account, admission.site);
    if (!client.claims) client.ends_at = admission.ends_at;
    socket->set_data(entry->client);
    watch_end(client);
    entry->next();
    if (!socket->end_catch_up()) socket->close_transport();
    return;
  }
  if (entry->attempts >= kAttempts) {
    return refuse(entry, {ErrorCode::unavailable, "what you may see keeps changing; try again"});
  }
  if (!std::exchange(entry->is_holding, true)) socket->begin_catch_up();
  for (const auto& room : entry->rooms) socket->leave(room);
  for (const auto& room : admission.rooms) socket->join(room);
  entry->counted = std::make_unique<Counted>(parts_.connected, admission);
  entry->rooms = std::move(admission.rooms);
  read_rooms(entry);
}

void SocketGateway::signal(const Client& client, delivery::AgentSignal::What what) {
  if (!client.is_agent) return;
  parts_.publisher.signal(
      delivery::AgentSignal{client.account, client.person, what, number_of(client.socket)});
}

void SocketGateway::refuse(const EntryPtr& entry, const Error& error) {
  const bool unknown_caller =
      error.code == ErrorCode::unauthenticated || error.code == ErrorCode::forbidden;
  entry->next.refuse(unknown_caller ? "Unauthorized" : "Unavailable",
                     parts_.dialects.front()->encode_error(error).acknowledgement);
}

void SocketGateway::on_event(realtime::Socket& socket, realtime::Event& event) {
  const auto* client = socket.data<Client>();
  if (!client) return;
  if (!event.arguments().attachments().empty()) return refuse_binary(socket, event);
  if (!beat(*client, event)) decode(socket, event.name(), event.raw(0), event.reply());
}

// No event takes bytes; their places in its JSON would be kept as if they were what was meant.
void SocketGateway::refuse_binary(realtime::Socket& socket, realtime::Event& event) {
  const Error error{ErrorCode::invalid, "binary data is not taken here: send text, or upload it"};
  const dialects::SocketSender sender{socket.data<Client>()->caller(), number_of(socket.ref())};
  for (const auto* dialect : parts_.dialects) {
    const auto request = dialect->decode(sender, event.name(), event.raw(0));
    if (request && !request->call) continue;
    const auto refusal = dialect->encode_error(error);
    return event.ack(socketio::ArgumentsView(refusal.acknowledgement, {}));
  }
}

// A member's sign of life takes no way through the store. Without a membership the store says why
// there is none, if anybody asks.
bool SocketGateway::beat(const Client& client, realtime::Event& event) {
  for (const auto* dialect : parts_.dialects) {
    auto read = dialect->heartbeat(event.name(), event.raw(0));
    if (!read) continue;
    delivery::Heartbeat heartbeat{
        {client.account, read->ticket}, client.person, read->presence, {}};
    if (event.wants_ack()) {
      heartbeat.then = [this, dialect, ref = client.socket, read = std::move(*read),
                        name = std::string(event.name()), argument = std::string(event.raw(0)),
                        answer = event.reply()](std::optional<chat::Member> member) mutable {
        if (member) {
          return answer(
              std::move(realtime::Arguments().add_json(dialect->encode_member(read, *member))));
        }
        parts_.sockets.server().with_socket(
            ref, [this, name, argument, answer](realtime::Socket& socket) mutable {
              decode(socket, name, argument, answer);
            });
      };
    }
    parts_.publisher.signal(std::move(heartbeat));
    return true;
  }
  return false;
}

void SocketGateway::decode(realtime::Socket& socket, std::string_view event,
                           std::string_view argument, realtime::Reply answer) {
  auto* client = socket.data<Client>();
  if (!client) return;
  const dialects::SocketSender sender{client->caller(), number_of(client->socket)};
  for (const auto* dialect : parts_.dialects) {
    const auto refuse = [&](const Error& error) {
      const auto refusal = dialect->encode_error(error);
      apply(socket, refusal);
      answer(socketio::Arguments(socketio::ArgumentsView(refusal.acknowledgement, {})));
    };
    auto request = dialect->decode(sender, event, argument);
    if (!request) return refuse(request.error());
    if (!request->call) continue;
    client->is_remembered |= request->is_remembered;
    if (!request->channel.empty() && !hold_channel(socket, request->channel)) {
      return refuse({ErrorCode::rate_limited, "too many rooms joined: leave one first"});
    }
    return run(socket, std::move(*request), answer);
  }
}

void SocketGateway::run(realtime::Socket& socket, dialects::SocketRequest request,
                        realtime::Reply answer) {
  parts_.pipeline.execute(
      std::move(request.call),
      [this, ref = socket.ref(), channel = std::move(request.channel), answer](
          dialects::SocketReply reply) mutable { finish(ref, channel, std::move(reply), answer); });
}

// On a thread of the store, or the Publisher's.
void SocketGateway::finish(realtime::SocketRef ref, const std::string& channel,
                           dialects::SocketReply reply, realtime::Reply answer) {
  if (reply.typing) parts_.publisher.signal(std::move(*reply.typing));
  if (channel.empty() && !concerns_socket(reply)) {
    return answer(std::move(realtime::Arguments().add_json(reply.acknowledgement)));
  }
  parts_.sockets.server().with_socket(
      ref, [channel, reply = std::move(reply), answer](realtime::Socket& socket) mutable {
        if (!channel.empty() && !reply.joins) socket.leave(delivery::room_of_channel(channel));
        apply(socket, reply);
        answer(std::move(realtime::Arguments().add_json(reply.acknowledgement)));
        if (!channel.empty() && !release_channel(socket, reply)) socket.close_transport();
      });
}

void SocketGateway::watch_end(Client& client) {
  auto wait_ms = client.claims ? kLongestWaitMs : kSessionCheckMs;
  if (client.ends_at.ms != 0) {
    wait_ms = std::clamp<std::int64_t>(client.ends_at - parts_.clock.now(), 0, wait_ms);
  }
  net::Shard::current()->timers().start(client.timer, wait_ms);
}

void SocketGateway::check_client(Client& client) {
  if (client.claims && client.ends_at <= parts_.clock.now()) {
    auto* socket = parts_.sockets.server().find(client.socket);
    if (socket) socket->close_transport();
    return;
  }
  parts_.store.submit(
      store::Lane::read,
      make_job(
          client.account,
          [this, caller = client.caller()](chat::Transaction& transaction) {
            return admit(transaction, caller, parts_.dialects);
          },
          [this, ref = client.socket](const Result<Admission>& admission) {
            parts_.sockets.server().with_socket(
                ref, [this, admission](realtime::Socket& socket) { renew(socket, admission); });
          }));
}

// A session moves its end on while it is used: what was its end may be none any more.
void SocketGateway::renew(realtime::Socket& socket, const Result<Admission>& admission) {
  auto* client = socket.data<Client>();
  if (!client) return;
  if (!admission && admission.error().code != ErrorCode::unavailable) {
    return socket.close_transport();
  }
  if (admission && !client->claims) client->ends_at = admission->ends_at;
  watch_end(*client);
}

}  // namespace parlor::app
