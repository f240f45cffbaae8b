// Whom to send to: built up, then used once.
//
//   io.to("room 17").except(socket.id()).emit("typing", name);
//   io.to("a").to("b").emit_with_ack(5'000, "poll", args, [](BroadcastAcks acks) { … });
//
// Any thread. What it does reaches every shard in the order of the calls of one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "realtime/broadcast.h"
#include "socketio/arguments.h"
#include "socketio/time.h"

namespace parlor::realtime {

class Socket;

// What the receivers of a broadcast have answered.
struct BroadcastAcks {
  std::vector<socketio::Arguments> answers;  // in no order
  std::size_t missing = 0;                   // who did not answer in time, or left
};

class Target {
 public:
  explicit Target(Namespace& nsp) : nsp_(nsp) {}

  Target& to(std::string_view room);
  Target& in(std::string_view room) { return to(room); }
  Target& except(std::string_view room);
  Target& within(std::string_view room);  // emit() only: of these, those who are in that room too
  Target& volatile_();  // NOLINT(readability-identifier-naming): the word itself is taken

  template <class... Values>
  void emit(std::string_view name, const Values&... values) {
    emit(name, socketio::Arguments::of(values...));
  }
  void emit(std::string_view name, socketio::ArgumentsView arguments);
  void emit(std::string_view name, const socketio::Arguments& arguments) {
    emit(name, arguments.view());
  }
  // `callback` is called once, on any shard.
  void emit_with_ack(socketio::Milliseconds timeout_ms, std::string_view name,
                     socketio::ArgumentsView arguments,
                     std::function<void(BroadcastAcks)> callback);

  // Calls `action` on each socket's shard, in order with broadcasts. Not-yet-connected sockets that
  // have joined are included.
  void for_each_socket(std::function<void(Socket&)> action);
  void join(std::string_view room);
  void leave(std::string_view room);
  void disconnect_sockets(bool close_connection = false);

 private:
  Namespace& nsp_;
  std::vector<std::string> rooms_;
  std::vector<std::string> except_;
  std::string within_;
  bool is_volatile_ = false;
};

}  // namespace parlor::realtime
