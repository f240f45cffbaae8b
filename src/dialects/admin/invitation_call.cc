#include "dialects/admin/invitation_call.h"

#include <memory>
#include <utility>

#include "dialects/common/json_fields.h"

namespace parlor::dialects::admin {

void add_invitation_call(net::Router& router, const Services& services,
                         InvitationLogin& invitations) {
  router.add(net::Method::post, "/api/auth/invitation",
             [&services, &invitations](net::HttpRequest request, net::Responder respond) {
               auto object = parse_json_object(request.body);
               if (!object) return respond(services.encode_error(object.error()));
               JsonFields body(*object);
               auto token = body.required_string("token");
               auto password = body.required_string("password");
               if (body.complaint()) return respond(services.encode_error(body.failure().value()));
               auto waiting = std::make_shared<net::Responder>(std::move(respond));
               invitations.accept(std::move(token), std::move(password), request.client_address,
                                  [&services, waiting](Result<LoggedIn> logged_in) {
                                    if (!logged_in)
                                      return (*waiting)(services.encode_error(logged_in.error()));
                                    (*waiting)(encode_logged_in(*logged_in));
                                  });
             });
}

}  // namespace parlor::dialects::admin
