// The HTTP status of each error, the same in every dialect.
#pragma once

#include "base/error.h"
#include "net/http_types.h"

namespace parlor::dialects {

int http_status_of(ErrorCode code);

// Retry-After, in whole seconds, when the error says when.
void add_retry_after(const Error& error, net::HttpResponse& response);

}  // namespace parlor::dialects
