// UTF-8 validity (RFC 3629), for request bodies of the polling transport. WebSocket text is checked
// where frames are parsed.
#pragma once

#include <string_view>

namespace parlor::socketio {

bool is_utf8(std::string_view text);

}  // namespace parlor::socketio
