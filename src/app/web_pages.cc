#include "app/web_pages.h"

#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "net/static_files.h"
#include "net/text.h"

namespace parlor::app {
namespace {

// Scripts, styles and sockets of our own origin only; pictures may be a customer's link, or a file
// that is about to be sent.
constexpr const char* kContentSecurityPolicy =
    "default-src 'self'; img-src 'self' data: blob: https:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

net::Headers page_headers() {
  net::Headers headers;
  headers.add("Content-Security-Policy", kContentSecurityPolicy);
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Referrer-Policy", "same-origin");
  return headers;
}

// For pages of any origin, with a strict Cross-Origin-Embedder-Policy too.
net::Headers shared_headers() {
  net::Headers headers;
  headers.add("Access-Control-Allow-Origin", "*");
  headers.add("Cross-Origin-Resource-Policy", "cross-origin");
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

bool wants_arabic(const net::HttpRequest& request) {
  if (const auto asked = request.query().get("lang")) return asked->starts_with("ar");
  return request.header("Accept-Language").starts_with("ar");
}

void replace_all(std::string& text, const std::string& what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// A page of a site that uses the widget, NAME-en.html or NAME-ar.html: `{{key}}` becomes the
// configuration's value. Read anew each time: a few KB, on the developer's own machine.
net::HttpHandler demo_page(std::string path, boost::json::object config) {
  return [path = std::move(path), config = std::move(config)](const net::HttpRequest& request,
                                                              net::Responder respond) {
    std::ifstream file(path + (wants_arabic(request) ? "-ar.html" : "-en.html"), std::ios::binary);
    if (!file) return respond(net::HttpResponse::text(404, "Not Found\n"));
    std::string html{std::istreambuf_iterator<char>(file), {}};
    for (const auto& [key, value] : config) {
      replace_all(html, "{{" + std::string(key) + "}}", std::string_view(value.as_string()));
    }
    auto response = net::HttpResponse::html(200, std::move(html));
    const auto policy = page_headers();
    for (const auto& [name, value] : policy.all()) response.headers.set(name, value);
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Vary", "Accept-Language");
    respond(std::move(response));
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
                                   .headers = shared_headers()});
  auto widget = net::static_files({.directory = pages.directory,
                                   .cache_control = "public, max-age=300",
                                   .headers = shared_headers()});
  if (widget) router.add(Method::get, "/widget.js", page(std::move(*widget), "widget.js"));
  if (assets) router.mount("/assets/", std::move(*assets));

  router.add(Method::get, "/console", page(*html, "console.html"));
  router.add(Method::get, "/docs", page(*html, "docs.html"));
  for (const std::string name : {"docs/openapi.yaml", "docs/asyncapi.yaml"}) {
    router.add(Method::get, "/" + name, page(*html, name));
  }
  router.add(Method::get, "/", redirect_to(pages.demo_config ? "/demo" : "/console"));
  if (!pages.demo_config) return Ok();
  const auto& config = *pages.demo_config;
  router.add(Method::get, "/demo", demo_page(pages.directory + "/demo/shop", config));
  router.add(Method::get, "/demo/course", demo_page(pages.directory + "/demo/course", config));
  router.add(
      Method::get, "/demo/config.json",
      [text = boost::json::serialize(config)](const net::HttpRequest&, net::Responder respond) {
        respond(net::HttpResponse::json(200, text));
      });
  return Ok();
}

}  // namespace parlor::app
