// What a file of sound or moving pictures has inside: whether there are pictures at all, and how
// long it runs.
//
// Reads some of the beginning and of the end; whatever is truncated or malicious is simply not
// known. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::blobs {

struct MediaFacts {
  std::optional<bool> has_pictures;  // nothing: not known
  double seconds = 0;                // 0 = not known
};

// `type` as content_type.h says it: webm, mp4, ogg, wav or mp3; of others nothing is known.
MediaFacts facts_of_media(const std::string& path, std::string_view type);

// The type in the words of this server: "audio/wav" for "audio/x-wav", "audio/webm" for a WebM file
// without pictures.
std::string settled_type(std::string_view type, const MediaFacts& facts);

}  // namespace parlor::blobs
