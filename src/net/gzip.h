// gzip (RFC 1952) of whole texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parlor::net {

// Nothing when zlib fails.
std::optional<std::string> gzip(std::string_view text);

// True when an Accept-Encoding header takes gzip: "gzip", "*", not with q=0.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace parlor::net
