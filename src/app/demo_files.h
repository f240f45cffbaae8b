// The files of the demo's conversations (demo_conversations.h): drawn and spoken by code, so that
// none has to be shipped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parlor::app {

enum class DemoFile : std::uint8_t { none, cracked_dome, linen_shade, voice, return_label };

struct DemoFileContent {
  std::string_view name;
  std::string bytes;
};

// Of none: nothing. A picture takes some 100 ms.
DemoFileContent make_demo_file(DemoFile file);

}  // namespace parlor::app
