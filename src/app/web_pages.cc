#include "app/web_pages.h"

#include "net/static_files.h"

namespace parlor::app {
namespace {

// Scripts, styles and sockets of our own origin only; pictures may be a customer's link.
constexpr const char* kContentSecurityPolicy =
    "default-src 'self'; img-src 'self' data: https:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

net::Headers page_headers() {
  net::Headers headers;
  headers.add("Content-Security-Policy", kContentSecurityPolicy);
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Referrer-Policy", "same-origin");
  return headers;
}

// One file of the directory under a path of its own.
net::HttpHandler page(net::HttpHandler files, std::string file_name) {
  return [files = std::move(files), file_name = "/" + std::move(file_name)](
             net::HttpRequest request, net::Responder respond) {
    request.path = file_name;
    files(std::move(request), std::move(respond));
  };
}

net::HttpHandler redirect_to(std::string location) {
  return [location = std::move(location)](const net::HttpRequest&, net::Responder respond) {
    respond(net::HttpResponse::redirect(302, location));
  };
}

}  // namespace

Result<Ok> add_web_pages(net::Router& router, const WebPages& pages) {
  using net::Method;
  auto html = net::static_files({.directory = pages.directory, .headers = page_headers()});
  if (!html) {
    return fail(ErrorCode::invalid, "no pages in " + pages.directory +
                                        "; build them with `npm run build` in web/, or name "
                                        "their directory with --web-dir");
  }
  auto assets = net::static_files({.directory = pages.directory + "/assets",
                                   .prefix = "/assets/",
                                   .cache_control = "public, max-age=31536000, immutable",
                                   .headers = page_headers()});
  if (assets) router.mount("/assets/", std::move(*assets));

  router.add(Method::get, "/console", page(*html, "console.html"));
  router.add(Method::get, "/docs", page(*html, "docs.html"));
  for (const std::string name : {"docs/openapi.yaml", "docs/asyncapi.yaml"}) {
    router.add(Method::get, "/" + name, page(*html, name));
  }
  router.add(Method::get, "/", redirect_to(pages.demo_config ? "/demo" : "/console"));
  if (!pages.demo_config) return Ok();
  router.add(Method::get, "/demo", page(*html, "demo.html"));
  router.add(Method::get, "/demo/config.json",
             [config = *pages.demo_config](const net::HttpRequest&, net::Responder respond) {
               respond(net::HttpResponse::json(200, config));
             });
  return Ok();
}

}  // namespace parlor::app
