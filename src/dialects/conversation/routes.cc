#include "dialects/conversation/routes.h"

#include "dialects/conversation/attachment_calls.h"
#include "dialects/conversation/availability_call.h"
#include "dialects/conversation/bulk_call.h"
#include "dialects/conversation/contact_calls.h"
#include "dialects/conversation/login_call.h"
#include "dialects/conversation/message_calls.h"
#include "dialects/conversation/preference_calls.h"
#include "dialects/conversation/room_calls.h"
#include "dialects/conversation/room_list_calls.h"
#include "dialects/conversation/session_calls.h"
#include "dialects/conversation/statistics_calls.h"
#include "dialects/conversation/sync_call.h"

namespace parlor::dialects::conversation {

void add_routes(net::Router& router, const Services& services, Login& login, UploadIntake& uploads,
                const chat::Responder* responder) {
  const std::string base = kBasePath;
  add_session_calls(router, base, services);
  add_room_list_calls(router, base, services);
  add_room_calls(router, base, services, responder);
  add_preference_calls(router, base, services);
  add_bulk_call(router, base, services);
  add_contact_calls(router, base, services);
  add_message_calls(router, base, services, responder);
  add_attachment_calls(router, base, services, uploads);
  add_sync_call(router, base, services);
  add_availability_call(router, base, services);
  add_statistics_calls(router, base, services);
  add_login_call(router, login);
}

}  // namespace parlor::dialects::conversation
