#include "net/gzip.h"

#include <zlib.h>

#include "net/text.h"

namespace parlor::net {

std::optional<std::string> gzip(std::string_view text) {
  constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for the gzip format
  constexpr int kMemoryLevel = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int outcome = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) return std::nullopt;
  return packed;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  for (const auto element : split(accept_encoding, ',')) {
    const auto coding = trim(element.substr(0, element.find(';')));
    const auto quality = header_parameter(element, "q");
    const bool is_refused = quality && quality->find_first_of("123456789") == std::string::npos;
    if (equals_ignoring_case(coding, "gzip")) return !is_refused;
    if (coding == "*") any = !is_refused;
  }
  return any;
}

}  // namespace parlor::net
