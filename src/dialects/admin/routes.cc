#include "dialects/admin/routes.h"

#include "dialects/admin/account_calls.h"
#include "dialects/admin/agent_calls.h"
#include "dialects/admin/audit_calls.h"
#include "dialects/admin/canned_calls.h"
#include "dialects/admin/inbox_calls.h"
#include "dialects/admin/integration_calls.h"
#include "dialects/admin/invitation_call.h"
#include "dialects/admin/token_calls.h"

namespace parlor::dialects::admin {

void add_routes(net::Router& router, const std::string& base, const Services& services,
                const KeyReaders& readers, InvitationLogin& invitations) {
  add_agent_calls(router, base, services);
  add_inbox_calls(router, base, services);
  add_token_calls(router, base, services);
  add_canned_calls(router, base, services);
  add_account_calls(router, base, services, readers);
  add_integration_calls(router, base, services);
  add_audit_calls(router, base, services);
  add_invitation_call(router, services, invitations);
}

}  // namespace parlor::dialects::admin
