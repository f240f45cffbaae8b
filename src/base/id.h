// Identifiers: 64-bit integers below 2^53 (so that JavaScript reads them exactly), unique on the
// server.
//
//   bit 52                21 20             0
//   +-----------------------+---------------+
//   | creation, s since 1970| number        |      see IdSource
//   +-----------------------+---------------+
//
// Equality is all that an id is for: order and paging go by a room's seq. The creation second
// inside makes conversation-v2's 24 hexadecimal digits checkable without a look-up:
//
//   ssssssss iiiiiiiiiiiiiiii        8 digits creation second, 16 digits id
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parlor {

inline constexpr int kIdNumberBits = 21;
inline constexpr std::int64_t kIdEnd = std::int64_t{1} << 53;

// A distinct type for each kind of thing, so that a room's id is never passed where a message's is
// meant. The value 0 names nothing.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using AccountId = Id<struct AccountTag>;
using AgentId = Id<struct AgentTag>;
using InboxId = Id<struct InboxTag>;
using ContactId = Id<struct ContactTag>;
using SessionId = Id<struct SessionTag>;            // a visitor's device session
using ConversationId = Id<struct ConversationTag>;  // what an agent or a contact acts as
using SupportTokenId = Id<struct SupportTokenTag>;
using RoomId = Id<struct RoomTag>;
using MessageId = Id<struct MessageTag>;
using CannedReplyId = Id<struct CannedReplyTag>;
using IntegrationId = Id<struct IntegrationTag>;
using QuestionId = Id<struct QuestionTag>;  // of the bot's knowledge base

// 24 lower-case hexadecimal digits.
std::string to_hex(std::int64_t id);
template <class Tag>
std::string to_hex(Id<Tag> id) {
  return to_hex(id.value);
}

// Nothing when the text is not 24 hexadecimal digits whose two halves agree.
std::optional<std::int64_t> id_from_hex(std::string_view text);
template <class IdType>
std::optional<IdType> parse_id(std::string_view hex) {
  auto value = id_from_hex(hex);
  if (!value) return std::nullopt;
  return IdType{*value};
}

}  // namespace parlor

template <class Tag>
struct std::hash<parlor::Id<Tag>> {
  std::size_t operator()(parlor::Id<Tag> id) const noexcept {
    // The number of an id sits in its low bits and the second above: mix, for tables that mask.
    return static_cast<std::size_t>(static_cast<std::uint64_t>(id.value) * 0x9E3779B97F4A7C15ULL >>
                                    11);
  }
};
