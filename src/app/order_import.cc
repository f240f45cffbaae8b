#include "app/order_import.h"

#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/admin_socket.h"
#include "app/commands.h"
#include "app/commit_publisher.h"
#include "base/clock.h"
#include "chat/order_import.h"
#include "dialects/order/import_fields.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::app {

namespace json = boost::json;
using dialects::JsonFields;

namespace {

constexpr std::size_t kReadBytes = 1 << 20;
constexpr std::size_t kMaxStepBytes = 256 * 1024;  // and one record more, below kMaxLineBytes
constexpr std::size_t kRecordsOfARoom = 4;  // what a room weighs in a step, beside what is in it
constexpr int kBarCharacters = 40;

// The file's value; what is wrong is said with its line.
Result<json::value> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "cannot read " + path);
  json::parse_options options;
  options.max_depth = dialects::kMaxJsonDepth;
  json::stream_parser parser({}, options);
  std::string buffer(kReadBytes, '\0');
  std::int64_t line = 1;
  boost::system::error_code error;
  while (file && !error) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto size = static_cast<std::size_t>(file.gcount());
    const auto used = parser.write_some(buffer.data(), size, error);
    line += std::count(buffer.data(), buffer.data() + used, '\n');
    if (!error && used < size) {
      const auto rest = std::string_view(buffer).substr(used, size - used);
      if (rest.find_first_not_of(" \t\r\n") != rest.npos) error = json::error::extra_data;
    }
  }
  if (!error) parser.finish(error);
  if (error) {
    return fail(ErrorCode::invalid,
                path + ", line " + std::to_string(line) + ": not valid JSON: " + error.message());
  }
  return parser.release();
}

// Where the steps go: to the server that runs, or into the store itself, which is opened once.
class Destination {
 public:
  explicit Destination(const ImportOptions& options) : options_(options) {}
  ~Destination() {
    if (store_) store_->stop();
  }

  Result<json::object> ask(json::array rooms) {
    json::object arguments{{"rooms", std::move(rooms)}};
    if (!options_.account.empty()) arguments["account"] = options_.account;
    if (!store_) {
      if (auto answer = ask_running_server(options_.data_dir, kCommand, arguments)) {
        return *answer;
      }
      if (auto opened = open(); !opened) return opened.failure();
    }
    return run_command({*store_, clock_, options_.data_dir}, kCommand, arguments);
  }

 private:
  static constexpr const char* kCommand = "orders.import";

  Result<Ok> open() {
    if (!store::SqliteStore::exists(options_.data_dir)) {
      return fail(ErrorCode::not_found, "there is no Parlor data in " + options_.data_dir +
                                            "; name the server's directory with --data-dir");
    }
    store::SqliteStore::Options options;
    options.directory = options_.data_dir;
    auto opened = store::SqliteStore::open(options, clock_, listener_);
    if (!opened) return opened.failure();
    store_ = std::move(*opened);
    return Ok();
  }

  const ImportOptions& options_;
  const SystemClock clock_;
  QuietListener listener_;
  std::unique_ptr<store::SqliteStore> store_;
};

class Import {
 public:
  explicit Import(const ImportOptions& options) : options_(options), destination_(options) {}

  Result<json::object> run(const json::array& rooms, const std::string& place) {
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      if (auto taken = take_room(rooms[i], place + "[" + std::to_string(i) + "]"); !taken) {
        return taken.failure();
      }
      show_progress(i + 1, rooms.size());
    }
    if (auto sent = send(); !sent) return sent.failure();
    show_progress(rooms.size(), rooms.size());
    if (shows_progress_) std::fputc('\n', stderr);
    return json::object{{"rooms", rooms_},
                        {"participants", participants_},
                        {"messages", messages_},
                        {"skipped", skipped_}};
  }

 private:
  struct Record {
    const json::object* object = nullptr;
    std::string id;
    Timestamp at;
    std::string place;  // in the file
  };

  void report(const std::string& place, const std::string& problem) {
    if (shows_progress_) std::fputs("\r\033[K", stderr);
    std::fprintf(stderr, "%s: %s: %s; skipped\n", options_.file.c_str(), place.c_str(),
                 problem.c_str());
    ++skipped_;
  }

  // The good records of an array.
  template <class Read>
  std::vector<Record> check_all(JsonFields& room, std::string_view name, const std::string& place,
                                Read read) {
    std::vector<Record> good;
    if (!room.has(name)) return good;
    if (!room.is_array(name)) {
      report(place + "." + std::string(name), "must be an array");
      return good;
    }
    const auto& items = *room.optional_array(name);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto where = place + "." + std::string(name) + "[" + std::to_string(i) + "]";
      if (!items[i].is_object()) {
        report(where, "must be an object");
        continue;
      }
      JsonFields fields(items[i].get_object());
      const auto [id, at] = read(fields);
      if (fields.complaint()) {
        report(where, *fields.complaint());
      } else {
        good.push_back({&items[i].get_object(), id, at, where});
      }
    }
    return good;
  }

  Result<Ok> take_room(const json::value& value, const std::string& place) {
    if (!value.is_object()) {
      report(place, "must be an object");
      return Ok();
    }
    JsonFields fields(value.get_object());
    const auto room = dialects::order::read_imported_room(fields);
    if (fields.complaint()) {
      report(place, *fields.complaint());
      return Ok();
    }
    const auto participants = check_all(fields, "user_Data", place, [&](JsonFields& of) {
      const auto read = dialects::order::read_imported_participant(of, room);
      return std::pair{read.source_id, read.created_at};
    });
    auto messages = check_all(fields, "chat_Data", place, [&](JsonFields& of) {
      const auto read = dialects::order::read_imported_message(of, room).order;
      return std::pair{read.source_id, read.created_at};
    });
    std::stable_sort(messages.begin(), messages.end(),
                     [](const Record& a, const Record& b) { return a.at < b.at; });
    json::object bare = value.get_object();
    bare["user_Data"] = json::array();
    bare["chat_Data"] = json::array();
    return add_room({&bare, room.order.source_id, {}, place}, participants, messages);
  }

  Result<Ok> add_room(const Record& bare, const std::vector<Record>& participants,
                      const std::vector<Record>& messages) {
    if (auto begun = begin_room(bare); !begun) return begun;
    for (const auto& [name, records] :
         {std::pair{"user_Data", &participants}, std::pair{"chat_Data", &messages}}) {
      for (const auto& record : *records) {
        if (auto room = make_place(bare, *record.object); !room) return room.failure();
        places_[record.id] = record.place;
        step_.back().as_object().at(name).as_array().push_back(*record.object);
      }
    }
    return Ok();
  }

  Result<Ok> begin_room(const Record& bare) {
    if (weight_ + kRecordsOfARoom > chat::kMaxImportedAtOnce || bytes_ > kMaxStepBytes) {
      if (auto sent = send(); !sent) return sent;
    }
    step_.push_back(*bare.object);
    places_[bare.id] = bare.place;
    weight_ += kRecordsOfARoom;
    bytes_ += json::serialize(*bare.object).size();
    return Ok();
  }

  // Sends what there is when it is enough for a step; the room goes on in the next one.
  Result<Ok> make_place(const Record& bare, const json::object& record) {
    if (weight_ + 1 > chat::kMaxImportedAtOnce || bytes_ > kMaxStepBytes) {
      if (auto sent = send(); !sent) return sent;
      if (auto begun = begin_room(bare); !begun) return begun;
    }
    weight_ += 1;
    bytes_ += json::serialize(record).size();
    return Ok();
  }

  Result<Ok> send() {
    if (step_.empty()) return Ok();
    auto answer = destination_.ask(std::exchange(step_, {}));
    weight_ = 0;
    bytes_ = 0;
    if (!answer) return answer.failure();
    rooms_ += answer->at("rooms").to_number<std::int64_t>();
    participants_ += answer->at("participants").to_number<std::int64_t>();
    messages_ += answer->at("messages").to_number<std::int64_t>();
    for (const auto& problem : answer->at("problems").as_array()) {
      const auto& place = places_[json::value_to<std::string>(problem.at("_id"))];
      if (std::exchange(last_problem_, place) == place) continue;  // of a room in several steps
      report(place, json::value_to<std::string>(problem.at("message")));
    }
    places_.clear();
    return Ok();
  }

  void show_progress(std::size_t done, std::size_t all) {
    if (!shows_progress_) return;
    const auto percent = all == 0 ? 100 : static_cast<int>(done * 100 / all);
    if (percent == percent_) return;
    percent_ = percent;
    const std::string bar(static_cast<std::size_t>(percent * kBarCharacters / 100), '#');
    std::fprintf(stderr, "\r[%-*s] %3d %%  %zu of %zu rooms", kBarCharacters, bar.c_str(), percent,
                 done, all);
    std::fflush(stderr);
  }

  const ImportOptions& options_;
  Destination destination_;
  const bool shows_progress_ = ::isatty(STDERR_FILENO) == 1;
  int percent_ = -1;
  json::array step_;
  std::size_t weight_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, std::string> places_;  // in the file, by _id, of what is in the step
  std::string last_problem_;                   // its place
  std::int64_t rooms_ = 0;
  std::int64_t participants_ = 0;
  std::int64_t messages_ = 0;
  std::int64_t skipped_ = 0;
};

Result<json::object> import_file(const ImportOptions& options) {
  const auto document = read_file(options.file);
  if (!document) return document.failure();
  Import import(options);
  if (const auto* rooms = document->if_array()) return import.run(*rooms, "");
  const auto* object = document->if_object();
  const auto* rooms = object ? object->if_contains("roomData") : nullptr;
  if (!rooms || !rooms->is_array()) {
    return fail(ErrorCode::invalid,
                options.file + ": must be {\"roomData\":[…]} or an array of rooms");
  }
  return import.run(rooms->get_array(), "roomData");
}

}  // namespace

int import_orders(const ImportOptions& options) {
  const auto done = import_file(options);
  if (!done) {
    std::cerr << "parlor: " << done.error().message << "\n";
    return 1;
  }
  std::cout << json::serialize(*done) << "\n";
  return 0;
}

}  // namespace parlor::app
