// Whether a web page's Origin is one of a support token's domains.
//
// A domain is a host, optionally with a port: "example.com", "localhost:3000". It stands for itself
// and its subdomains; without a port, for every port. Letters of ASCII compare without case;
// international names compare as they are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlor::chat {

// The host (with its port, if one is written) of "scheme://host[:port]". Nothing for anything else,
// "null" included.
std::optional<std::string> host_of_origin(std::string_view origin);

// No domains = any origin.
bool origin_allowed(std::string_view origin, const std::vector<std::string>& domains);

// A domain as an administrator may write it ("https://Example.com/", "*.example.com") in the form
// kept: lower case, host and port only. Nothing if it names no host.
std::optional<std::string> normalise_domain(std::string_view written);

}  // namespace parlor::chat
