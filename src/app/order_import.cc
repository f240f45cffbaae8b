#include "app/order_import.h"

#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
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
#include "app/order_file.h"
#include "base/clock.h"
#include "chat/order_import.h"
#include "dialects/order/import_fields.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::app {

namespace json = boost::json;
using dialects::JsonFields;

namespace {

// Together below kMaxLineBytes: a step holds kMaxStepBytes, or one room with one record.
constexpr std::size_t kMaxStepBytes = 256 * 1024;
constexpr std::size_t kMaxBareRoomBytes = 64 * 1024;
constexpr std::size_t kMaxRecordBytes = 700 * 1024;
constexpr std::size_t kRecordsOfARoom = 4;  // what a room weighs in a step, beside what is in it
constexpr int kBarCharacters = 40;

// A room's record, as far as it is JSON.
Result<json::value> parse_record(const std::string& text) {
  json::parse_options options;
  options.max_depth = dialects::kMaxJsonDepth;
  boost::system::error_code error;
  auto value = json::parse(text, error, {}, options);
  if (error) return fail(ErrorCode::invalid, "not valid JSON: " + error.message());
  return value;
}

std::size_t size_of(const json::object& record) { return json::serialize(record).size(); }

json::object without_records(const json::object& room) {
  json::object bare{{"user_Data", json::array()}, {"chat_Data", json::array()}};
  for (const auto& field : room) {
    if (!bare.contains(field.key())) bare.insert(field);
  }
  return bare;
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

  // Until the file's end, or until it breaks off.
  Result<Ok> run(OrderFile& file) {
    while (true) {
      auto record = file.next();
      if (!record || !*record) {
        if (auto sent = send(); !sent) return sent;
        end_progress(file);
        if (record) return Ok();
        return fail(record.error().code, record.error().message + came_in());
      }
      if (auto taken = take(**record); !taken) return taken;
      ++seen_;
      show_progress(file);
    }
  }

  json::object counts() const {
    return {{"rooms", rooms_},
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
    std::size_t size = 0;
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
        continue;
      }
      const auto& object = items[i].get_object();
      if (const auto size = size_of(object); size > kMaxRecordBytes) {
        report(where, "has more than " + std::to_string(kMaxRecordBytes) + " bytes");
      } else {
        good.push_back({&object, id, at, where, size});
      }
    }
    return good;
  }

  Result<Ok> take(const RoomRecord& record) {
    if (record.text.empty()) {
      report(record.place, "has more than " + std::to_string(OrderFile::kMaxRoomBytes) + " bytes");
      return Ok();
    }
    const auto value = parse_record(record.text);
    if (value) return take_room(*value, record.place);
    report(record.place,
           value.error().message + " (from line " + std::to_string(record.line) + ")");
    return Ok();
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
    const auto bare = without_records(value.get_object());
    const auto size = size_of(bare);
    if (size > kMaxBareRoomBytes) {
      report(place, "has more than " + std::to_string(kMaxBareRoomBytes) +
                        " bytes beside its participants and messages");
      return Ok();
    }
    return add_room({&bare, room.order.source_id, {}, place, size}, participants, messages);
  }

  Result<Ok> add_room(const Record& bare, const std::vector<Record>& participants,
                      const std::vector<Record>& messages) {
    if (auto begun = begin_room(bare); !begun) return begun;
    for (const auto& [name, records] :
         {std::pair{"user_Data", &participants}, std::pair{"chat_Data", &messages}}) {
      for (const auto& record : *records) {
        if (auto room = make_place(bare, record); !room) return room.failure();
        places_[record.id] = record.place;
        step_.back().as_object().at(name).as_array().push_back(*record.object);
      }
    }
    return Ok();
  }

  Result<Ok> begin_room(const Record& bare) {
    if (is_too_much(kRecordsOfARoom, bare.size)) {
      if (auto sent = send(); !sent) return sent;
    }
    step_.push_back(*bare.object);
    places_[bare.id] = bare.place;
    weight_ += kRecordsOfARoom;
    bytes_ += bare.size;
    return Ok();
  }

  // Sends what there is when it is enough for a step; the room goes on in the next one.
  Result<Ok> make_place(const Record& bare, const Record& record) {
    if (is_too_much(1, record.size)) {
      if (auto sent = send(); !sent) return sent;
      if (auto begun = begin_room(bare); !begun) return begun;
    }
    weight_ += 1;
    bytes_ += record.size;
    return Ok();
  }

  bool is_too_much(std::size_t weight, std::size_t bytes) const {
    return weight_ + weight > chat::kMaxImportedAtOnce || bytes_ + bytes > kMaxStepBytes;
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

  std::string came_in() const {
    if (seen_ == 0) return {};
    return seen_ == 1 ? "; the room before it came in"
                      : "; the " + std::to_string(seen_) + " rooms before it came in";
  }

  void show_progress(const OrderFile& file) {
    if (!shows_progress_ || file.size() == 0) return;
    const auto percent =
        static_cast<int>(std::min<std::uint64_t>(100, file.bytes_read() * 100 / file.size()));
    if (percent != percent_) draw(percent);
  }

  void end_progress(const OrderFile& file) {
    if (!shows_progress_ || file.size() == 0) return;
    show_progress(file);
    std::fputc('\n', stderr);
  }

  void draw(int percent) {
    percent_ = percent;
    const std::string bar(static_cast<std::size_t>(percent * kBarCharacters / 100), '#');
    std::fprintf(stderr, "\r[%-*s] %3d %%  %lld rooms", kBarCharacters, bar.c_str(), percent,
                 static_cast<long long>(seen_));
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
  std::int64_t seen_ = 0;
  std::int64_t rooms_ = 0;
  std::int64_t participants_ = 0;
  std::int64_t messages_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace

int import_orders(const ImportOptions& options) {
  OrderFile file(options.file);
  Import import(options);
  const auto done = import.run(file);
  if (!done) std::cerr << "parlor: " << done.error().message << "\n";
  std::cout << json::serialize(import.counts()) << "\n";
  return done ? 0 : 1;
}

}  // namespace parlor::app
