// Result<T>: a value, or the Error that explains why there is none.
//
//   Result<Room> find_room(...);
//   auto room = find_room(...);
//   if (!room) return room.failure();      // works in any function that returns a Result
//   use(*room);
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"

namespace parlor {

using Failure = tl::unexpected<Error>;

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;

  // The error in the form that any other Result can be made from. Precondition: !has_value().
  Failure failure() const& { return Failure(this->error()); }
  Failure failure() && { return Failure(std::move(this->error())); }
};

// Ok is the success of an operation that has nothing to say.
using Ok = std::monostate;

inline Failure fail(ErrorCode code, std::string message) {
  return Failure(Error{code, std::move(message)});
}

}  // namespace parlor
