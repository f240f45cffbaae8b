// Identifiers of sessions and sockets. They carry where the thing lives, so that no table of them
// is needed, and enough randomness that nobody guesses one.
//
//   shard (2) | slot (4) | random (18: 108 bits)     a session, 24 characters: a secret
//   shard (2) | slot (4) | random (14:  84 bits)     a socket, 20 characters: known to others
//
// All characters are of the base64url alphabet, 6 bits each, most significant first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::realtime {

inline constexpr std::size_t kSessionIdSize = 24;
inline constexpr std::size_t kSocketIdSize = 20;
inline constexpr std::uint32_t kMaximumShards = 1U << 12;
inline constexpr std::uint32_t kMaximumSlots = 1U << 24;

struct Place {
  std::uint32_t shard = 0;
  std::uint32_t slot = 0;
};

// `size` characters, all but the first six random.
std::string make_id(Place place, std::size_t size);
// Nothing when the text cannot be an id of that size.
std::optional<Place> place_of(std::string_view id, std::size_t size);

}  // namespace parlor::realtime
