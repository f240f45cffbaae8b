// POST /attachment (agents) and /user/attachment (visitors): a file, to be sent in a message.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "dialects/common/upload_intake.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_attachment_calls(net::Router& router, const std::string& base, const Services& services,
                          UploadIntake& intake);

}  // namespace parlor::dialects::conversation
