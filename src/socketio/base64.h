// Base64 (RFC 4648 section 4), as Engine.IO uses it for binary packets in polling payloads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parlor::socketio {

void append_base64(std::string& to, std::string_view bytes);

// Nothing when the text has a foreign character or a length that no encoder produces. Padding may
// be missing, as some clients leave it out.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace parlor::socketio
