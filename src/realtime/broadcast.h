// One packet for many sockets.
//
// Encoded once, when it is made, and constant from then on: shared by every shard and receiver.
// It goes to each connected socket of its namespace that is in at least one of `rooms` and in none
// of `except`, once; to all of them when `rooms` is empty; of these only to those that are in
// `within` too, if there is one. A socket's id is a room with that socket alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/arguments.h"
#include "socketio/packet.h"

namespace parlor::realtime {

class Namespace;
class AckCollector;

struct Broadcast {
  Namespace* nsp = nullptr;
  std::vector<std::string> rooms;
  std::vector<std::string> except;
  std::string within = {};
  bool is_volatile = false;  // dropped for those whose connection takes nothing at the moment
  socketio::EncodedPacket packet;

  // The application's place for this event in its own order: of which stream (a room of the chat),
  // at which position (its seq), and in which batch it was published. Told to the predicate of
  // Socket::end_catch_up; means nothing here.
  std::uint64_t stream = 0;
  std::uint64_t position = 0;
  std::uint64_t batch = 0;

  // Of a broadcast with acks.
  std::uint64_t ack_id = 0;
  std::shared_ptr<AckCollector> acks;
};

using BroadcastPtr = std::shared_ptr<const Broadcast>;

// The room that every connected socket of a namespace is in. Not for applications; no text of a
// client is equal to it, for it is no UTF-8.
inline constexpr std::string_view kEverybody = "\xFF";

}  // namespace parlor::realtime
