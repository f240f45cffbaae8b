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

class Search {
 public:
  virtual ~Search() = default;

  // Seqs of the room's messages that hold all words, in no order, each once.
  virtual std::vector<std::int64_t> messages(AccountId, RoomId, std::string_view query,
                                             bool with_notes) = 0;

  struct Match {
    RoomId room;        // a message of this room, or else
    ContactId contact;  // the name or e-mail address of this contact
  };
  // Rooms and contacts that match, newest text first, each once. `examine` is asked for each and
  // says whether to go on.
  class Examiner {
   public:
    virtual ~Examiner() = default;
    virtual bool examine(const Match& match) = 0;
  };
  virtual void account(AccountId, std::string_view query, Examiner&) = 0;

  // Those of `rooms` with a message that the contact may see and that matches.
  virtual std::vector<RoomId> rooms_of(AccountId, const std::vector<RoomId>& rooms,
                                       std::string_view query) = 0;

  // A text that is to be found has been written, in the current transaction.
  virtual void message_written(AccountId, RoomId, bool is_note, std::int64_t seq) = 0;
  virtual void contact_written(AccountId, ContactId) = 0;
};

}  // namespace parlor::store::sql
