#include "load/history_site.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "history/data_set.h"
#include "load/process.h"

namespace parlor::bench {
namespace {

namespace files = std::filesystem;

constexpr std::int64_t kVisibleRooms = 1'000;

std::string text_of_file(const files::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Built to the end by this builder, and of the size that it had then.
bool is_good(const files::path& directory) {
  std::error_code error;
  if (!files::exists(directory / "history.json", error)) return false;
  const auto built = boost::json::parse(text_of_file(directory / "history.json"));
  return built.at("format") == kHistoryFormat &&
         built.at("bytes").to_number<std::uintmax_t>() ==
             files::file_size(directory / "parlor.db", error);
}

void build(const Options& options, const files::path& directory, std::int64_t rooms,
           std::int64_t messages) {
  std::printf("  building %s: %lld rooms, %lld messages\n", directory.c_str(),
              static_cast<long long>(rooms), static_cast<long long>(messages));
  std::fflush(stdout);
  files::remove_all(directory);
  files::create_directories(directory);
  demo_account(options.parlor, directory);
  std::printf("%s", output_of({options.history, directory, std::to_string(rooms),
                               std::to_string(messages), std::to_string(kVisibleRooms)})
                        .c_str());
}

// Otherwise the system writes the copy, gigabytes of it, while the server is being measured.
void write_back(const files::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (failed != 0) throw std::system_error(failed, std::generic_category(), path.string());
}

}  // namespace

HistorySite history_site(const Options& options, std::int64_t rooms, std::int64_t messages) {
  const auto directory = files::path(options.data) / ("history-" + std::to_string(messages));
  if (!is_good(directory)) build(options, directory, rooms, messages);
  HistorySite site{directory, demo_account(options.parlor, directory), {}};
  const auto built = boost::json::parse(text_of_file(directory / "history.json"));
  site.rooms = boost::json::value_to<std::vector<std::string>>(built.at("visible_rooms"));
  return site;
}

void copy_site(const HistorySite& site, const std::string& to) {
  files::remove_all(to);
  files::create_directories(to);
  for (const char* name : {"parlor.db", "search.db", "demo.json"}) {
    files::copy_file(files::path(site.directory) / name, files::path(to) / name);
    write_back(files::path(to) / name);
  }
}

}  // namespace parlor::bench
