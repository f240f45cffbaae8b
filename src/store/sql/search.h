// The port through which repositories find words. Each database has its own index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace parlor::store::sql {

// What a search looks at, at most: the newest matches, then it stops.
inline constexpr std::size_t kMaxRoomsFound = 1'000;
inline constexpr std::size_t kMaxMatchesExamined = 20'000;
inline constexpr std::size_t kMaxMatchesTried = 4'000;
inline constexpr std::size_t kMaxTextsRead = 12'000;

class Search {
 public:
  virtual ~Search() = default;

  // Seqs of the room's messages that hold all words, in no order, each once.
  virtual std::vector<std::int64_t> messages(AccountId, RoomId, std::string_view query,
                                             bool with_notes) = 0;

  struct Match {
    RoomId room;           // a message of this room, or else
    ContactId contact;     // the name or e-mail address of this contact
    std::int64_t seq = 0;  // the message's
    bool is_note = false;
  };
  // Rooms and contacts that match, newest text first, each once. `wants` is asked first, and as
  // often as a text of theirs turns up: it costs a search nothing to leave out what it does not
  // want. `examine` is given the others, and says whether to go on.
  class Examiner {
   public:
    virtual ~Examiner() = default;
    virtual bool wants(const Match&) { return true; }
    virtual bool examine(const Match& match) = 0;
  };
  // Whether that was all of them: a try gives up early (kMaxMatchesTried), for a caller with
  // another way to find them.
  enum class Effort : std::uint8_t { a_try, thorough };
  virtual bool account(AccountId, std::string_view query, Effort, Examiner&) = 0;

  // Those of `rooms` whose contact or whose newest messages match, found by reading them: for words
  // so common that an index is of no use; with the message unless it is the contact. Looks at
  // kMaxTextsRead texts and leaves out the rest.
  virtual std::vector<Match> read_rooms(AccountId, const std::vector<RoomId>& rooms,
                                        std::string_view query) = 0;

  // Those of `rooms` with a message that the contact may see and that matches.
  virtual std::vector<RoomId> rooms_of(AccountId, const std::vector<RoomId>& rooms,
                                       std::string_view query) = 0;

  // A text that is to be found has been written, in the current transaction.
  virtual void message_written(AccountId, RoomId, bool is_note, std::int64_t seq) = 0;
  virtual void contact_written(AccountId, ContactId) = 0;
};

}  // namespace parlor::store::sql
