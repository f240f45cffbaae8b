// How dialects turn what happened into what clients are told.
//
// A dialect implements EventEncoder; the Publisher asks each one once per event, on its own thread,
// and delivers what they emit to the sockets of the audience. An encoder keeps no state and must
// not block.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chat/event.h"
#include "delivery/signal.h"

namespace parlor::delivery {

// One event as one dialect says it, for one audience.
//
// A channel is a set of sockets that a dialect names and that clients ask to join or leave (see
// dialects/common/socket_dialect.h): for dialects whose clients choose what they listen to. Its
// name must say the account wherever two accounts could mean different things by it.
struct Emission {
  chat::Audience audience;                 // may be nobody when there are channels
  std::string event;                       // the Socket.IO event's name
  std::string argument;                    // its one argument, as JSON text
  std::vector<std::string> channels = {};  // their sockets too; each socket is told once
  std::string within = {};  // of all these only those that are in this channel; empty = all
  std::string joins = {};  // the audience's sockets join this channel first; the event may be empty
  // The event's place in an order of the dialect's (a room, its seq): see SocketReply::seen.
  std::uint64_t stream = 0;
  std::uint64_t position = 0;
};

// Who is connected at all: asked before an event is put into words. Thread-safe.
class Hearers {
 public:
  virtual ~Hearers() = default;
  // False: nobody who might be told is here. Counts whoever is on their way in.
  virtual bool may_hear(const chat::Audience& audience) const = 0;
};

class EventEncoder {
 public:
  virtual ~EventEncoder() = default;
  virtual void encode(const chat::Event& event, std::vector<Emission>& out) const = 0;
  // Whether it tells sockets beyond the event's audience: then it is asked also when nobody of the
  // audience is connected.
  virtual bool reaches_others() const { return true; }
  // What one use case's events come to together, told before them: where several of them say the
  // same thing of one subject, so that it is said once.
  virtual void encode_outcome(const std::vector<chat::Event>&, std::vector<Emission>&) const {}
  virtual void encode(const Typing& typing, std::vector<Emission>& out) const = 0;
  virtual void encode(const Viewers& viewers, std::vector<Emission>& out) const = 0;
  // For dialects whose clients are told who is in a ticket's room.
  virtual void encode_membership(const MembershipChange&, std::vector<Emission>&) const {}
};

}  // namespace parlor::delivery
