#pragma once

#include <string>

#include "dialects/admin/routes.h"

namespace parlor::dialects::admin {

void add_account_calls(net::Router& router, const std::string& base, const Services& services,
                       const KeyReaders& readers);

}  // namespace parlor::dialects::admin
