#include "dialects/student/routes.h"

#include "dialects/student/admin_calls.h"
#include "dialects/student/bot_calls.h"
#include "dialects/student/faq_calls.h"
#include "dialects/student/send_calls.h"
#include "dialects/student/student_calls.h"

namespace parlor::dialects::student {

void add_routes(net::Router& router, const Parts& parts) {
  add_student_calls(router, parts);
  add_send_calls(router, parts);
  add_admin_calls(router, parts);
  add_faq_calls(router, parts);
  add_bot_calls(router, parts);
}

}  // namespace parlor::dialects::student
