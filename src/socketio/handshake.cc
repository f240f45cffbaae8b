#include "socketio/handshake.h"

namespace parlor::socketio {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode_component(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string_view message_of(EngineError error) {
  switch (error) {
    case EngineError::transport_unknown:
      return "Transport unknown";
    case EngineError::session_unknown:
      return "Session ID unknown";
    case EngineError::bad_handshake_method:
      return "Bad handshake method";
    case EngineError::bad_request:
      return "Bad request";
    case EngineError::forbidden:
      return "Forbidden";
    case EngineError::unsupported_protocol:
      return "Unsupported protocol version";
  }
  return "Bad request";
}

}  // namespace

int http_status(EngineError error) { return error == EngineError::forbidden ? 403 : 400; }

std::string error_body(EngineError error) {
  std::string body = R"({"code":)";
  body += std::to_string(static_cast<int>(error));
  body += R"(,"message":")";
  body += message_of(error);
  body += "\"}";
  return body;
}

EngineQuery parse_engine_query(std::string_view query) {
  EngineQuery parsed;
  bool seen_sid = false;
  bool seen_transport = false;
  bool seen_protocol = false;
  while (!query.empty()) {
    const auto parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = decode_component(parameter.substr(0, equals));
    const auto take = [&](bool& seen, std::string& to) {
      if (!seen) to = decode_component(parameter.substr(equals + 1));
      seen = true;
    };
    if (name == "sid") take(seen_sid, parsed.sid);
    if (name == "transport") take(seen_transport, parsed.transport);
    if (name == "EIO") take(seen_protocol, parsed.protocol);
  }
  return parsed;
}

std::optional<EngineError> check_request(const EngineRequest& request, const EngineQuery& query,
                                         const AllowedTransports& allowed) {
  const bool polling = query.transport == "polling";
  const bool websocket = query.transport == "websocket";
  if (!(polling && allowed.polling) && !(websocket && allowed.websocket)) {
    return EngineError::transport_unknown;
  }
  if (query.protocol != "4") return EngineError::unsupported_protocol;
  if (websocket != request.websocket_upgrade) return EngineError::bad_request;
  if (query.sid.empty() && request.method != "GET") return EngineError::bad_handshake_method;
  if (request.method != "GET" && request.method != "POST") return EngineError::bad_request;
  return std::nullopt;
}

}  // namespace parlor::socketio
