// How dialects turn what happened into what clients are told.
//
// A dialect implements EventEncoder; the Publisher asks each one once per event, on its own thread,
// and delivers what they emit to the sockets of the audience. An encoder keeps no state and must
// not block.
#pragma once

#include <string>
#include <vector>

#include "chat/event.h"
#include "delivery/signal.h"

namespace parlor::delivery {

// One event as one dialect says it, for one audience.
struct Emission {
  chat::Audience audience;
  std::string event;     // the Socket.IO event's name
  std::string argument;  // its one argument, as JSON text
};

class EventEncoder {
 public:
  virtual ~EventEncoder() = default;
  virtual void encode(const chat::Event& event, std::vector<Emission>& out) const = 0;
  virtual void encode(const Typing& typing, std::vector<Emission>& out) const = 0;
  virtual void encode(const Viewers& viewers, std::vector<Emission>& out) const = 0;
};

}  // namespace parlor::delivery
