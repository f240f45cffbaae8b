#include "dialects/conversation/login_call.h"

#include "dialects/common/json_fields.h"
#include "dialects/conversation/errors.h"

namespace parlor::dialects::conversation {

void add_login_call(net::Router& router, Login& login) {
  router.add(net::Method::post, "/api/auth/login",
             [&login](net::HttpRequest request, net::Responder respond) {
               auto object = parse_json_object(request.body);
               if (!object) return respond(encode_error(object.error()));
               JsonFields body(*object);
               auto email = body.required_string("email");
               auto password = body.required_string("password");
               if (body.complaint()) return respond(encode_error(body.failure().value()));
               auto answer = std::make_shared<net::Responder>(std::move(respond));
               login.log_in(std::move(email), std::move(password), request.client_address,
                            [answer](Result<LoggedIn> logged_in) {
                              if (!logged_in) return (*answer)(encode_error(logged_in.error()));
                              (*answer)(encode_logged_in(*logged_in));
                            });
             });
}

}  // namespace parlor::dialects::conversation
