// What can go wrong when nothing is broken: the closed set of expected outcomes that are not
// success.
//
// Faults (a full disk, a bug) are exceptions instead, caught at the root of each session and use
// case.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parlor {

enum class ErrorCode {
  invalid,          // the input is malformed or breaks a rule about its shape
  unauthenticated,  // nobody, or nobody we can verify, is calling
  forbidden,        // the caller is known and may not do this
  not_found,        // no such thing, as far as this caller may know
  conflict,         // the same client id with another body, or a state that excludes the call
  gone,             // it was here and has been closed for good
  too_large,        // a size limit; the message names it
  rate_limited,     // a rate limit; retry_after says when to try again
  unavailable,      // the server cannot do it now; nothing was stored
};

std::string_view name_of(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::invalid;
  std::string message;  // a sentence for the caller that says what to do
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;

  friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace parlor
