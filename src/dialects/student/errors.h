// How the student dialect says an error: {"message": …}, everywhere.
#pragma once

#include <string>

#include "base/error.h"
#include "net/http_types.h"

namespace parlor::dialects::student {

// The words for the code: of whatever is forbidden, "Access denied".
std::string words_of(const Error& error);

net::HttpResponse encode_error(const Error& error);
net::HttpResponse encode_http_error(int status, std::string_view message);

// What a student who waits for a person is told, with the status (403).
extern const char* const kBlockedMessage;

}  // namespace parlor::dialects::student
