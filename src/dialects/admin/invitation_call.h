#pragma once

#include "dialects/common/endpoint.h"
#include "dialects/common/login.h"
#include "net/router.h"

namespace parlor::dialects::admin {

void add_invitation_call(net::Router& router, const Services& services,
                         InvitationLogin& invitations);

}  // namespace parlor::dialects::admin
