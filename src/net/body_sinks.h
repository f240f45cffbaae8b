// Where request bodies go.
#pragma once

#include <memory>

#include "net/byte_budget.h"
#include "net/request_parser.h"
#include "net/router.h"

namespace parlor::net {

// Into HttpRequest::body, or for BodyMode::multipart_files and a multipart/form-data request into
// HttpRequest::form. What is not complete yet is held against `memory`: 503 beyond. Null when the
// Content-Type's boundary is missing or malformed: 400.
std::unique_ptr<BodySink> body_sink_for(const HttpRequest& request, const RouteOptions& options,
                                        const std::string& temporary_directory, ByteBudget& memory);

}  // namespace parlor::net
