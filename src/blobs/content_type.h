// What a file is, by its content: the name and what the sender says of it do not count.
#pragma once

#include <string>

namespace parlor::blobs {

// A MIME type in lower case without parameters: "image/png", "text/html". What is unknown is
// "application/octet-stream". Reads the beginning of the file. Thread-safe; each thread keeps an
// open database of libmagic of its own.
std::string content_type_of_file(const std::string& path);

}  // namespace parlor::blobs
