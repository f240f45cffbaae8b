#include "dialects/common/absolute_url.h"

#include "chat/origin.h"

namespace parlor::dialects {

std::string base_url_of(const net::HttpRequest& request, std::string_view public_url) {
  if (!public_url.empty()) {
    while (public_url.ends_with('/')) public_url.remove_suffix(1);
    return std::string(public_url);
  }
  std::string scheme = request.is_secure ? "https://" : "http://";
  const auto host = chat::host_of_origin(scheme + std::string(request.host()));
  return scheme + host.value_or("localhost");
}

}  // namespace parlor::dialects
