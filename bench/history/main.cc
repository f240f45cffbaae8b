// parlor_history: fills a data directory with a history; script/bench history calls it.
//
//   parlor_history DIR ROOMS MESSAGES VISIBLE
//
// DIR holds a demo account (`parlor demo --data-dir DIR`). Describes what it built in
// DIR/history.json: {rooms, messages, visible_rooms, seconds_of_rows, …}.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <exception>
#include <fstream>

#include "history/data_set.h"

int main(int argc, char** argv) {
  using namespace parlor::bench;
  namespace json = boost::json;
  try {
    if (argc != 5) throw std::invalid_argument("usage: parlor_history DIR ROOMS MESSAGES VISIBLE");
    const HistoryShape shape{std::stoll(argv[2]), std::stoll(argv[3]), std::stoll(argv[4])};
    const auto built = build_history(argv[1], shape);
    const auto text = json::serialize(json::object{
        {"format", kHistoryFormat},
        {"rooms", shape.rooms},
        {"messages", shape.messages},
        {"visible_rooms", json::array(built.visible_rooms.begin(), built.visible_rooms.end())},
        {"seconds_of_rows", built.seconds_of_rows},
        {"seconds_of_index", built.seconds_of_index},
        {"bytes", built.bytes},
        {"index_bytes", built.index_bytes}});
    std::ofstream file(std::string(argv[1]) + "/history.json");
    file << text << '\n';
    file.close();
    if (!file) throw std::runtime_error("cannot write history.json");
    std::printf("  %lld rooms, %lld messages: rows in %.0f s, index in %.0f s, %.2f GB\n",
                static_cast<long long>(shape.rooms), static_cast<long long>(shape.messages),
                built.seconds_of_rows, built.seconds_of_index,
                static_cast<double>(built.bytes + built.index_bytes) / 1e9);
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "parlor_history: %s\n", failure.what());
    return 1;
  }
}
