// One Engine.IO connection seen as Socket.IO: its protocol state and its sockets, one for each
// namespace that it has joined or is joining.
//
// Owner: the EngineConnection. Thread: its shard's.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "realtime/engine_connection.h"
#include "realtime/engine_server.h"
#include "realtime/socket.h"
#include "socketio/connection.h"

namespace parlor::realtime {

class Server;
class ServerShard;

class Client final : public EngineListener, private socketio::ConnectionHost {
 public:
  Client(Server& server, EngineConnection& engine);
  ~Client() override;

  // Null when it is not in that namespace, nor on the way into it.
  Socket* find(socketio::NamespaceIndex nsp) const;

  // A middleware has answered.
  void pass(Socket& socket, std::size_t step);
  void refuse(Socket& socket, std::size_t step, std::string_view message,
              std::string_view data_json);

  void send(const socketio::EncodedPacket& packet);
  void send_with_ack(Socket& socket, std::uint64_t ack_id, const socketio::EncodedPacket& packet,
                     socketio::Milliseconds deadline, socketio::AckCallback callback);
  void ack(Socket& socket, std::uint64_t ack_id, socketio::ArgumentsView arguments);
  void disconnect(Socket& socket);

  EngineConnection& engine() const { return engine_; }
  Server& server() const { return server_; }
  ServerShard& shard() const { return shard_; }

  // EngineListener
  void on_text(std::string_view text) override;
  void on_binary(std::string_view bytes) override;
  void on_closed(socketio::CloseReason reason) override { connection_.on_closed(reason); }
  void on_upgraded() override;
  socketio::Milliseconds deadline() const override { return connection_.deadline(); }
  void on_time(socketio::Milliseconds now) override { connection_.on_time(now); }

 private:
  // socketio::ConnectionHost
  std::optional<socketio::NamespaceIndex> find_namespace(std::string_view name) override;
  std::string_view namespace_name(socketio::NamespaceIndex nsp) override;
  void on_connect(socketio::NamespaceIndex nsp, std::string_view auth_json) override;
  void on_event(socketio::NamespaceIndex nsp, const socketio::IncomingEvent& event) override;
  void on_disconnect(socketio::NamespaceIndex nsp, socketio::CloseReason reason) override;
  void send(const socketio::MessagePtr& message) override;
  void close(socketio::CloseReason reason) override { engine_.close(reason); }
  bool hold(std::size_t bytes) override;
  void release(std::size_t bytes) override;

  void run_middlewares(Socket& socket);
  void connect(Socket& socket);
  std::unique_ptr<Socket> take(Socket& socket);

  Server& server_;
  EngineConnection& engine_;
  ServerShard& shard_;
  socketio::Connection connection_;
  std::vector<std::unique_ptr<Socket>> sockets_;
};

// The listener of every connection of a Socket.IO server is a Client.
inline Client& client_of(EngineConnection& connection) {
  return static_cast<Client&>(connection.listener());
}

}  // namespace parlor::realtime
