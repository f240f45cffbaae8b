// GET /attachment/KEY and /attachment/KEY/thumbnail: the files behind signed links, for every
// dialect. Who has the link may read (attachment_links.h); there is no other way.
//
// What a browser would run is never shown inline and never under its own type. Every answer forbids
// sniffing and scripts.
#pragma once

#include <string>
#include <string_view>

#include "chat/blob_store.h"
#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects {

// What they are given outlives the router's server.
void add_attachment_downloads(net::Router& router, const Services& services,
                              const chat::BlobStore& blobs);

// How a file of this type is given to a browser.
struct Presentation {
  bool is_inline = false;
  std::string type;  // to be served as
};
Presentation presentation_of(std::string_view type);

// A Content-Disposition (RFC 6266) with the name in ASCII and, when it has other letters, in UTF-8
// (RFC 8187).
std::string content_disposition(bool is_inline, std::string_view file_name);

}  // namespace parlor::dialects
