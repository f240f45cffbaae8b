// Administration over HTTP: every call of the dialect, added to a router.
#pragma once

#include <string_view>
#include <vector>

#include "chat/account.h"
#include "dialects/common/endpoint.h"
#include "dialects/common/login.h"
#include "net/router.h"

namespace parlor::dialects::admin {

// Reads the keys of host applications, as identity/host_keys.h does.
using KeyReader = Result<std::vector<chat::HostKey>> (*)(std::string_view text);
struct KeyReaders {
  KeyReader keys = nullptr;    // a public key in PEM, or a JWKS
  KeyReader secret = nullptr;  // a shared secret
};

// What they are given outlives the router's server.
void add_routes(net::Router& router, const std::string& base, const Services& services,
                const KeyReaders& readers, InvitationLogin& invitations);

}  // namespace parlor::dialects::admin
