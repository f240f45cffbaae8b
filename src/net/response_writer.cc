#include "net/response_writer.h"

#include <time.h>

#include <cstdio>

#include "net/text.h"

namespace parlor::net {
namespace {

// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second and thread.
std::string_view http_date() {
  thread_local time_t made_at = 0;
  thread_local char text[64];
  const time_t now = time(nullptr);
  if (now != made_at) {
    constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    tm parts;
    gmtime_r(&now, &parts);
    std::snprintf(text, sizeof(text), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday],
                  parts.tm_mday, kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour,
                  parts.tm_min, parts.tm_sec);
    made_at = now;
  }
  return text;
}

bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  if (name.empty()) return false;
  for (const char c : name) {
    const bool is_alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_alphanumeric && kMarks.find(c) == std::string_view::npos) return false;
  }
  return true;
}

bool is_ours(std::string_view name) {
  return equals_ignoring_case(name, "Content-Length") || equals_ignoring_case(name, "Connection") ||
         equals_ignoring_case(name, "Date") || equals_ignoring_case(name, "Transfer-Encoding");
}

void write_fields(std::string& out, const Headers& headers) {
  for (const auto& [name, value] : headers.all()) {
    if (!is_token(name) || is_ours(name)) continue;
    out += name;
    out += ": ";
    for (const char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    out += "\r\n";
  }
}

}  // namespace

std::string write_head(const HttpResponse& response, const Headers& extra,
                       const ResponseFraming& framing) {
  std::string out;
  out.reserve(256);
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += reason_of(response.status);
  out += "\r\n";
  write_fields(out, response.headers);
  write_fields(out, extra);
  if (framing.has_length) {
    out += "Content-Length: ";
    out += std::to_string(framing.content_length);
    out += "\r\n";
  }
  out += "Date: ";
  out += http_date();
  out += "\r\n";
  if (!framing.keep_alive) {
    out += "Connection: close\r\n";
  } else if (framing.is_http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
  return out;
}

std::string write_upgrade_head(std::string_view accept, const Headers& extra) {
  std::string out =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  out += "Sec-WebSocket-Accept: ";
  out += accept;
  out += "\r\n";
  write_fields(out, extra);
  out += "\r\n";
  return out;
}

}  // namespace parlor::net
