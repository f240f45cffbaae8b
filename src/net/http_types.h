// HTTP as the rest of the program sees it: values, and the one object that answers a request.
// Knows neither sockets nor Asio, so that dialects and their tests build without them.
//
// Bounds: a request's head is at most ServerOptions::max_head_bytes, its body at most its route's
// limit. Text in a request is what the peer sent: header values may hold any byte but CR, LF and
// NUL; path and path parameters are percent-decoded and valid UTF-8 without NUL.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parlor::net {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

// "GET", …; "OTHER" for other.
std::string_view name_of(Method method);

// Header fields in the order in which they came. Names compare without regard to case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  // The first field of that name; an empty view when there is none (see has).
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  void add(std::string name, std::string value);
  // Replaces every field of that name.
  void set(std::string name, std::string value);
  void remove(std::string_view name);
  const std::vector<Field>& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

// Parameters of "a=1&filter[status]=open&filter%5Bx%5D=y+z": decoded, in order, duplicates kept.
// Broken escapes stay as they are written. At most 1,000 parameters are kept.
class QueryParams {
 public:
  using Item = std::pair<std::string, std::string>;

  static QueryParams parse(std::string_view raw);
  // First value of that name, brackets and all: get("filter[status]").
  std::optional<std::string_view> get(std::string_view name) const;
  const std::vector<Item>& all() const { return items_; }

 private:
  std::vector<Item> items_;
};

// One part of a multipart/form-data body. A part with a file name is in a temporary file; any
// other is in `value`.
struct FormPart {
  std::string name;
  std::string file_name;     // as sent, never to be used as a path; empty for a plain field
  std::string content_type;  // as sent, unchecked
  std::string value;
  std::string temporary_path;  // of a file part
  std::uint64_t size = 0;      // bytes of the value or the file
};

// Owns the temporary files of its parts: what still lies at its temporary_path when the form is
// destroyed is deleted. To keep a file, rename or link it first.
class MultipartForm {
 public:
  MultipartForm() = default;
  MultipartForm(const MultipartForm&) = delete;
  MultipartForm& operator=(const MultipartForm&) = delete;
  ~MultipartForm();

  const FormPart* find(std::string_view name) const;
  const std::vector<FormPart>& parts() const { return parts_; }
  std::vector<FormPart>& parts() { return parts_; }

 private:
  std::vector<FormPart> parts_;
};

struct HttpRequest {
  Method method = Method::get;
  std::string method_name;  // as sent: "PROPFIND" when method is other
  std::string path;         // decoded, without query: "/room/17"
  std::string raw_query;    // without '?', undecoded. Never log it
  Headers headers;
  std::vector<std::pair<std::string, std::string>> path_params;  // of the route that matched
  std::string body;
  std::unique_ptr<MultipartForm> form;  // set by routes with BodyMode::multipart_files
  std::shared_ptr<void> head_token;     // what RouteOptions::on_head returned
  std::string client_address;  // "192.0.2.7": behind a trusted proxy the client's, else the peer's
  bool is_secure = false;      // X-Forwarded-Proto/Forwarded of a trusted proxy says https
  bool is_loopback = false;    // straight from this machine, through no proxy
  bool is_http_1_0 = false;

  // The value of ":room_id" for param("room_id"); empty when the route has none.
  std::string_view param(std::string_view name) const;
  // Parsed at the first call, then kept.
  const QueryParams& query() const;
  std::string_view header(std::string_view name) const { return headers.get(name); }
  std::string_view origin() const { return headers.get("Origin"); }
  std::string_view host() const { return headers.get("Host"); }
  // "Bearer x" → "x"; empty when there is no such header.
  std::string_view bearer_token() const;

 private:
  mutable std::optional<QueryParams> parsed_query_;
};

// An answer. Content-Length, Date and Connection are added when it is written; a body is not
// written for HEAD, 204 and 304. Exactly one of body, shared_body and file_path carries the body.
struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // when set, used instead of body, uncopied
  std::string file_path;                           // when set, streamed from disk; honours Range
  bool close_connection = false;

  static HttpResponse json(int status, std::string json_text);
  static HttpResponse text(int status, std::string text);
  static HttpResponse html(int status, std::string html);
  static HttpResponse empty(int status);
  static HttpResponse redirect(int status, std::string location);
  // Streams a regular file; 404 when it cannot be opened at the time of writing.
  static HttpResponse file(std::string path, std::string content_type);
};

// "Not Found" for 404.
std::string_view reason_of(int status);

// Where an answer goes: a connection, or a test.
class ResponseSink {
 public:
  virtual ~ResponseSink() = default;
  // At most once, from any thread.
  virtual void respond(HttpResponse response) = 0;
  virtual void on_abort(std::function<void()> callback) = 0;
  virtual bool client_gone() const = 0;
};

// The right and the duty to answer one request: once, from any thread. Destroyed unanswered, it
// answers 500. An answer to a client that has gone is dropped.
class Responder {
 public:
  explicit Responder(std::shared_ptr<ResponseSink> sink) : sink_(std::move(sink)) {}
  // For tests: hands the answer to `answer`.
  static Responder to(std::function<void(HttpResponse)> answer);

  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&& other) noexcept;
  ~Responder();

  void operator()(HttpResponse response);

  // Called at most once, on the connection's shard, when the client goes before it is answered.
  // To be set on that shard, while the request is being handled. `callback` is destroyed on it.
  void on_abort(std::function<void()> callback);
  // From any thread.
  bool client_gone() const { return !sink_ || sink_->client_gone(); }
  // False once it has answered or was moved from.
  explicit operator bool() const { return sink_ != nullptr; }

 private:
  void drop();

  std::shared_ptr<ResponseSink> sink_;
};

// Runs on the connection's shard and must not block; several shards may call it at once.
using HttpHandler = std::function<void(HttpRequest request, Responder respond)>;

}  // namespace parlor::net
