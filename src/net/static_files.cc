#include "net/static_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "net/gzip.h"
#include "net/text.h"

namespace parlor::net {
namespace {

namespace fs = std::filesystem;
using Bytes = std::shared_ptr<const std::string>;

constexpr std::size_t kWorthCompressing = 512;

bool is_compressible(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/xml") || type.starts_with("application/yaml") ||
         type.starts_with("application/manifest") || type.starts_with("application/wasm") ||
         type.starts_with("image/svg");
}

// What tells one content of a file from another.
struct Stamp {
  std::int64_t modified_ns = 0;
  std::int64_t size = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

struct CachedFile {
  Stamp stamp;
  std::string etag;
  Bytes plain;
  Bytes packed;  // null: not worth it

  std::size_t bytes() const { return plain->size() + (packed ? packed->size() : 0); }
};

std::string read_all(int file, std::size_t size) {
  std::string content(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const auto count = ::read(file, content.data() + at, size - at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    at += static_cast<std::size_t>(count);
  }
  content.resize(at);
  return content;
}

// FNV-1a: tells versions of our own files apart, no more.
std::string etag_of(std::string_view content) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char text[24];
  std::snprintf(text, sizeof(text), "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

class StaticDirectory {
 public:
  StaticDirectory(StaticFilesOptions options, fs::path root, std::size_t prefix_segments)
      : options_(std::move(options)), root_(std::move(root)), prefix_segments_(prefix_segments) {}

  HttpResponse serve(const HttpRequest& request);

 private:
  std::optional<fs::path> resolve(const HttpRequest& request) const;
  std::optional<CachedFile> load(const fs::path& path);
  std::optional<CachedFile> read(const fs::path& path, int file, const Stamp& stamp) const;
  void remember(const std::string& key, const CachedFile& file);

  const StaticFilesOptions options_;
  const fs::path root_;  // canonical
  const std::size_t prefix_segments_;
  std::mutex mutex_;
  std::map<std::string, CachedFile> cache_;
  std::size_t cached_bytes_ = 0;
};

// The canonical path of the file, when it lies in the directory.
std::optional<fs::path> StaticDirectory::resolve(const HttpRequest& request) const {
  auto segments = split(std::string_view(request.path).substr(1), '/');
  if (segments.size() < prefix_segments_) return std::nullopt;
  fs::path path = root_;
  for (std::size_t i = prefix_segments_; i < segments.size(); ++i) {
    if (segments[i].empty()) continue;
    // Dot files, "." and "..": none of them is for visitors.
    if (segments[i].front() == '.' || segments[i].find('\\') != std::string_view::npos) {
      return std::nullopt;
    }
    path /= segments[i];
  }
  std::error_code fault;
  if (fs::is_directory(path, fault)) path /= "index.html";
  path = fs::canonical(path, fault);
  if (fault) return std::nullopt;
  const auto [end, at] = std::mismatch(root_.begin(), root_.end(), path.begin(), path.end());
  if (end != root_.end()) return std::nullopt;  // a link led out
  return path;
}

std::optional<CachedFile> StaticDirectory::load(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::optional<CachedFile> found;
  const bool is_servable = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                           status.st_size <= static_cast<std::int64_t>(options_.max_file_bytes);
  if (is_servable) {
    const Stamp stamp{status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec,
                      status.st_size, status.st_ino};
    {
      const std::lock_guard lock(mutex_);
      const auto cached = cache_.find(path.native());
      if (cached != cache_.end() && cached->second.stamp == stamp) found = cached->second;
    }
    if (!found) {
      found = read(path, file, stamp);
      if (found) remember(path.native(), *found);
    }
  }
  ::close(file);
  return found;
}

std::optional<CachedFile> StaticDirectory::read(const fs::path& path, int file,
                                                const Stamp& stamp) const {
  CachedFile loaded;
  loaded.stamp = stamp;
  std::string content = read_all(file, static_cast<std::size_t>(stamp.size));
  loaded.etag = etag_of(content);
  if (content.size() >= kWorthCompressing && is_compressible(content_type_of(path.native()))) {
    std::optional<std::string> packed;
    const std::string sibling = path.native() + ".gz";
    struct stat status {};
    const int prepared = ::open(sibling.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (prepared >= 0) {
      // One that is older than the file is a left-over of an earlier build.
      if (::fstat(prepared, &status) == 0 && S_ISREG(status.st_mode) &&
          status.st_size <= static_cast<std::int64_t>(options_.max_file_bytes) &&
          status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec >= stamp.modified_ns) {
        packed = read_all(prepared, static_cast<std::size_t>(status.st_size));
      }
      ::close(prepared);
    }
    if (!packed) packed = gzip(content);
    if (packed && packed->size() < content.size()) {
      loaded.packed = std::make_shared<const std::string>(*std::move(packed));
    }
  }
  loaded.plain = std::make_shared<const std::string>(std::move(content));
  return loaded;
}

void StaticDirectory::remember(const std::string& key, const CachedFile& file) {
  const std::lock_guard lock(mutex_);
  if (const auto old = cache_.find(key); old != cache_.end()) {
    cached_bytes_ -= old->second.bytes();
    cache_.erase(old);
  }
  if (cached_bytes_ + file.bytes() > options_.max_cache_bytes) return;
  cached_bytes_ += file.bytes();
  cache_.emplace(key, file);
}

HttpResponse StaticDirectory::serve(const HttpRequest& request) {
  if (request.method != Method::get && request.method != Method::head) {
    HttpResponse response = HttpResponse::text(405, "Method Not Allowed\n");
    response.headers.add("Allow", "GET, HEAD");
    return response;
  }
  const auto path = resolve(request);
  const auto file = path ? load(*path) : std::nullopt;
  if (!file) return HttpResponse::text(404, "Not Found\n");

  const std::string_view type = content_type_of(path->native());
  const bool sends_packed = file->packed && accepts_gzip(request.header("Accept-Encoding"));
  const std::string etag = "\"" + file->etag + (sends_packed ? "-gzip\"" : "\"");
  HttpResponse response = HttpResponse::empty(200);
  response.headers = options_.headers;
  response.headers.set("Content-Type", std::string(type));
  response.headers.set("ETag", etag);
  response.headers.set("Cache-Control", options_.cache_control);
  response.headers.set("X-Content-Type-Options", "nosniff");
  if (file->packed) response.headers.set("Vary", "Accept-Encoding");
  if (sends_packed) response.headers.set("Content-Encoding", "gzip");
  for (auto candidate : split(request.header("If-None-Match"), ',')) {
    candidate = trim(candidate);
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == etag || candidate == "*") {
      response.status = 304;
      response.headers.remove("Content-Encoding");
      return response;
    }
  }
  response.shared_body = sends_packed ? file->packed : file->plain;
  return response;
}

}  // namespace

Result<HttpHandler> static_files(StaticFilesOptions options) {
  std::error_code fault;
  fs::path root = fs::canonical(options.directory, fault);
  if (fault || !fs::is_directory(root, fault)) {
    return fail(ErrorCode::invalid, "'" + options.directory + "' is not a directory to serve from");
  }
  std::size_t prefix_segments = 0;
  for (const auto segment : split(options.prefix, '/')) prefix_segments += segment.empty() ? 0 : 1;
  auto directory =
      std::make_shared<StaticDirectory>(std::move(options), std::move(root), prefix_segments);
  return HttpHandler([directory](const HttpRequest& request, Responder respond) {
    respond(directory->serve(request));
  });
}

}  // namespace parlor::net
