#include "socketio/close_reason.h"

namespace parlor::socketio {

std::string_view name_of(CloseReason reason) {
  switch (reason) {
    case CloseReason::transport_close:
      return "transport close";
    case CloseReason::transport_error:
      return "transport error";
    case CloseReason::parse_error:
      return "parse error";
    case CloseReason::ping_timeout:
      return "ping timeout";
    case CloseReason::connect_timeout:
      return "connect timeout";
    case CloseReason::server_close:
      return "forced server close";
    case CloseReason::server_shutting_down:
      return "server shutting down";
    case CloseReason::client_namespace_disconnect:
      return "client namespace disconnect";
    case CloseReason::server_namespace_disconnect:
      return "server namespace disconnect";
    case CloseReason::slow_consumer:
      return "slow consumer";
    case CloseReason::rate_limited:
      return "rate limited";
    case CloseReason::incomplete_packet:
      return "incomplete packet";
  }
  return "unknown";
}

}  // namespace parlor::socketio
