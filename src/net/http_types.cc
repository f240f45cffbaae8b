#include "net/http_types.h"

#include <unistd.h>

#include <algorithm>

#include "net/text.h"

namespace parlor::net {
namespace {

constexpr std::size_t kMostParameters = 1000;

std::string decode_form_text(std::string_view raw) {
  std::string spaced(raw);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto decoded = percent_decode(spaced);
  return decoded ? *std::move(decoded) : spaced;
}

class CallbackSink final : public ResponseSink {
 public:
  explicit CallbackSink(std::function<void(HttpResponse)> answer) : answer_(std::move(answer)) {}
  void respond(HttpResponse response) override { answer_(std::move(response)); }
  void on_abort(std::function<void()>) override {}
  bool client_gone() const override { return false; }

 private:
  std::function<void(HttpResponse)> answer_;
};

HttpResponse with_type(int status, std::string body, std::string_view type) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers.add("Content-Type", std::string(type));
  return response;
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      return "OTHER";
  }
  return "OTHER";
}

std::string_view Headers::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (equals_ignoring_case(field, name)) return value;
  }
  return {};
}

bool Headers::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const Field& field) { return equals_ignoring_case(field.first, name); });
}

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value) {
  remove(name);
  add(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_,
                [&](const Field& field) { return equals_ignoring_case(field.first, name); });
}

QueryParams QueryParams::parse(std::string_view raw) {
  QueryParams params;
  for (const auto pair : split(raw, '&')) {
    if (pair.empty()) continue;
    if (params.items_.size() == kMostParameters) break;
    const auto equals = pair.find('=');
    params.items_.emplace_back(
        decode_form_text(pair.substr(0, equals)),
        equals == std::string_view::npos ? "" : decode_form_text(pair.substr(equals + 1)));
  }
  return params;
}

std::optional<std::string_view> QueryParams::get(std::string_view name) const {
  for (const auto& [key, value] : items_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

MultipartForm::~MultipartForm() {
  for (const FormPart& part : parts_) {
    if (!part.temporary_path.empty()) ::unlink(part.temporary_path.c_str());
  }
}

const FormPart* MultipartForm::find(std::string_view name) const {
  for (const FormPart& part : parts_) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

std::string_view HttpRequest::param(std::string_view name) const {
  for (const auto& [key, value] : path_params) {
    if (key == name) return value;
  }
  return {};
}

const QueryParams& HttpRequest::query() const {
  if (!parsed_query_) parsed_query_ = QueryParams::parse(raw_query);
  return *parsed_query_;
}

std::string_view HttpRequest::bearer_token() const {
  constexpr std::string_view kScheme = "Bearer ";
  const auto value = headers.get("Authorization");
  if (!equals_ignoring_case(value.substr(0, kScheme.size()), kScheme)) return {};
  return trim(value.substr(kScheme.size()));
}

HttpResponse HttpResponse::json(int status, std::string json_text) {
  return with_type(status, std::move(json_text), "application/json; charset=utf-8");
}

HttpResponse HttpResponse::text(int status, std::string text) {
  return with_type(status, std::move(text), "text/plain; charset=utf-8");
}

HttpResponse HttpResponse::html(int status, std::string html) {
  return with_type(status, std::move(html), "text/html; charset=utf-8");
}

HttpResponse HttpResponse::empty(int status) {
  HttpResponse response;
  response.status = status;
  return response;
}

HttpResponse HttpResponse::redirect(int status, std::string location) {
  HttpResponse response = empty(status);
  response.headers.add("Location", std::move(location));
  return response;
}

HttpResponse HttpResponse::file(std::string path, std::string content_type) {
  HttpResponse response = empty(200);
  response.headers.add("Content-Type", std::move(content_type));
  response.file_path = std::move(path);
  return response;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

Responder Responder::to(std::function<void(HttpResponse)> answer) {
  return Responder(std::make_shared<CallbackSink>(std::move(answer)));
}

Responder& Responder::operator=(Responder&& other) noexcept {
  if (this == &other) return *this;
  drop();
  sink_ = std::move(other.sink_);
  return *this;
}

Responder::~Responder() { drop(); }

void Responder::drop() {
  if (const auto sink = std::exchange(sink_, nullptr)) sink->respond(HttpResponse::empty(500));
}

void Responder::operator()(HttpResponse response) {
  if (const auto sink = std::exchange(sink_, nullptr)) sink->respond(std::move(response));
}

void Responder::on_abort(std::function<void()> callback) {
  if (sink_) sink_->on_abort(std::move(callback));
}

}  // namespace parlor::net
