// Which HTTP request may open or continue an Engine.IO session, and the error bodies of those that
// may not (engine.io-protocol v4, "Transports").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parlor::socketio {

enum class EngineError {
  transport_unknown = 0,
  session_unknown = 1,
  bad_handshake_method = 2,
  bad_request = 3,
  forbidden = 4,
  unsupported_protocol = 5,
};

int http_status(EngineError error);
// {"code":1,"message":"Session ID unknown"}
std::string error_body(EngineError error);

enum class Transport { polling, websocket };

struct AllowedTransports {
  bool polling = true;
  bool websocket = true;
};

// What of a request matters to Engine.IO. The views must outlive the call that gets it.
struct EngineRequest {
  std::string_view method;
  std::string_view query;          // without "?", as it came
  bool websocket_upgrade = false;  // it asks for a WebSocket
};

// The parameters of the query, decoded. Repeated parameters: the first one counts.
struct EngineQuery {
  std::string sid;
  std::string transport;
  std::string protocol;  // "EIO"
};
EngineQuery parse_engine_query(std::string_view query);

// Everything that can be said without knowing the session: the transport's name, the protocol's
// number, the method of a request without sid. Nothing when the request is in order.
std::optional<EngineError> check_request(const EngineRequest& request, const EngineQuery& query,
                                         const AllowedTransports& allowed);

}  // namespace parlor::socketio
