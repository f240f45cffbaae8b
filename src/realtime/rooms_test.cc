// Rooms, broadcasts, their order, and acknowledgements.
#include <gmock/gmock.h>

#include <atomic>

#include "realtime/client.h"
#include "realtime/test_support.h"

namespace parlor::realtime {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Signal;
using ::testing::UnorderedElementsAre;
using testing::WebSocketClient;

constexpr std::string_view kEnd = R"(42["end"])";

class Rooms : public testing::ThreadedRealtimeTest {
 protected:
  // `count` clients, on every shard in turn.
  void serve(std::size_t count, Options options = {}) {
    if (!io) make(std::move(options));
    start(GetParam());
    for (std::size_t i = 0; i < count; ++i) {
      clients.push_back(testing::client_on<WebSocketClient>(i % GetParam(), port));
      clients.back()->connect();
    }
  }
  void join(std::size_t client, std::string_view room) {
    with(clients[client]->id, [room](Socket& socket) { EXPECT_TRUE(socket.join(room)); });
  }
  // What every client has got, up to now.
  std::vector<std::vector<std::string>> heard() {
    io->emit("end");
    std::vector<std::vector<std::string>> all;
    for (const auto& client : clients) all.push_back(client->read_until(kEnd));
    return all;
  }

  Signal signal;
  std::vector<std::unique_ptr<WebSocketClient>> clients;
};
INSTANTIATE_TEST_SUITE_P(, Rooms, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(Rooms, ABroadcastGoesOnceToTheUnionOfItsRoomsWithoutTheExcepted) {
  serve(4);
  for (const auto& [client, room] : {std::pair{0, "x"}, {1, "x"}, {1, "y"}, {2, "y"}, {3, "z"}}) {
    join(static_cast<std::size_t>(client), room);
  }
  io->to("x").emit("x");
  io->to("x").to("y").emit("x+y");
  io->to("x").to("y").to("z").except("y").emit("x+z-y");
  io->except("x").emit("-x");
  io->to("nobody").emit("nobody");
  const std::string x = R"(42["x"])", both = R"(42["x+y"])", some = R"(42["x+z-y"])",
                    others = R"(42["-x"])";
  EXPECT_THAT(heard(), ElementsAre(ElementsAre(x, both, some), ElementsAre(x, both),
                                   ElementsAre(both, others), ElementsAre(some, others)));
}

TEST_P(Rooms, ABroadcastWithinARoomGoesToNobodyElse) {
  serve(4);
  for (const auto& [client, room] : {std::pair{0, "x"}, {1, "x"}, {1, "y"}, {2, "y"}}) {
    join(static_cast<std::size_t>(client), room);
  }
  io->to("x").within("y").emit("x in y");
  io->to("x").to("y").within("x").emit("x or y in x");
  io->to("x").within("nobody").emit("nobody");
  const std::string both = R"(42["x in y"])", some = R"(42["x or y in x"])";
  EXPECT_THAT(heard(),
              ElementsAre(ElementsAre(some), ElementsAre(both, some), IsEmpty(), IsEmpty()));
}

TEST_P(Rooms, ASocketsIdIsARoomWithItAlone) {
  serve(3);
  io->to(clients[0]->id).emit("you");
  io->to(clients[0]->id).to(clients[1]->id).emit("both");
  io->except(clients[2]->id).emit("not you");
  std::string unknown = clients[0]->id;
  unknown.back() = unknown.back() == 'A' ? 'B' : 'A';
  io->to(unknown).emit("nobody");
  const std::string you = R"(42["you"])", both = R"(42["both"])", rest = R"(42["not you"])";
  EXPECT_THAT(heard(),
              ElementsAre(ElementsAre(you, both, rest), ElementsAre(both, rest), IsEmpty()));
}

TEST_P(Rooms, WhoJoinsTheRoomOfAnothersIdTakesNothingFromIt) {
  serve(3);
  join(2, clients[0]->id);
  io->to(clients[0]->id).emit("you");
  EXPECT_THAT(heard(),
              ElementsAre(ElementsAre(R"(42["you"])"), IsEmpty(), ElementsAre(R"(42["you"])")));
}

TEST_P(Rooms, TheRoomWithoutANameIsOneLikeOthers) {
  serve(2);
  join(0, "");
  io->to("").emit("unnamed");
  EXPECT_THAT(heard(), ElementsAre(ElementsAre(R"(42["unnamed"])"), IsEmpty()));
}

TEST_P(Rooms, LeavingEndsMembership) {
  serve(2);
  for (const auto room : {"x", "y", "z"}) {
    join(0, room);
    join(1, room);
  }
  with(clients[0]->id, [](Socket& socket) {
    socket.leave("x");
    socket.leave("never joined");
    EXPECT_TRUE(socket.is_in("y"));
    EXPECT_FALSE(socket.is_in("x"));
    EXPECT_THAT(socket.rooms(), UnorderedElementsAre(std::string(socket.id()), "y", "z"));
  });
  for (const auto room : {"x", "y", "z"}) io->to(room).emit(room);
  const std::string x = R"(42["x"])", y = R"(42["y"])", z = R"(42["z"])";
  EXPECT_THAT(heard(), ElementsAre(ElementsAre(y, z), ElementsAre(x, y, z)));
}

TEST_P(Rooms, WhoLeavesTheNamespaceOrGoesIsInNoRoom) {
  std::vector<std::size_t> rooms_of_leavers;
  make().on_disconnect([this, &rooms_of_leavers](Socket& socket, socketio::CloseReason) {
    const bool joins = socket.join("too late");
    signal.change([&] { rooms_of_leavers.push_back(socket.rooms().size() + (joins ? 100 : 0)); });
  });
  serve(3);
  for (std::size_t i = 0; i < 3; ++i) join(i, "x");
  clients[0]->send("41");
  clients[1]->wire.close();
  ASSERT_TRUE(signal.wait([&] { return rooms_of_leavers.size() == 2; }));
  EXPECT_THAT(rooms_of_leavers, ElementsAre(1U, 1U));
  std::atomic<int> found = 0;
  io->for_each_socket_in(io->of("/"), {"x", "too late"}, {}, [&](Socket&) { ++found; });
  settle();
  EXPECT_EQ(found, 1);
  // The transport stays, for other namespaces or to come back.
  clients[0]->connect();
  io->to("x").emit("x");
  io->emit("end");
  EXPECT_THAT(clients[0]->read_until(kEnd), IsEmpty());
  EXPECT_THAT(clients[2]->read_until(kEnd), ElementsAre(R"(42["x"])"));
  stop();
}

TEST_P(Rooms, AHandlerMayEndItsSocketAndGoOn) {
  make().on("leave", [](Socket& socket, Event& event) {
    socket.disconnect();
    EXPECT_FALSE(socket.join("x"));
    socket.emit("nothing");
    socket.begin_catch_up();
    EXPECT_TRUE(socket.end_catch_up());
    event.ack(1);
  });
  serve(1);
  clients[0]->send(R"(421["leave"])");
  EXPECT_EQ(clients[0]->read(), "41");
  io->to("x").emit("x");
  clients[0]->connect();
  EXPECT_THAT(heard(), ElementsAre(IsEmpty()));
}

TEST_P(Rooms, ASocketMayJoinNoMoreThanItsLimit) {
  Options options;
  options.maximum_rooms = 2;
  serve(1, options);
  with(clients[0]->id, [](Socket& socket) {
    EXPECT_TRUE(socket.join("a"));
    EXPECT_TRUE(socket.join("b"));
    EXPECT_FALSE(socket.join("c"));
    EXPECT_TRUE(socket.join("a"));
    EXPECT_TRUE(socket.join(socket.id()));
    socket.leave("a");
    EXPECT_TRUE(socket.join("c"));
    socket.limit_rooms(3);
    EXPECT_TRUE(socket.join("d"));
    EXPECT_FALSE(socket.join("e"));
  });
}

// ---- order -------------------------------------------------------------------------------------

std::vector<BroadcastPtr> batch_of(Server& io, int number) {
  std::vector<BroadcastPtr> batch;
  for (int i = 0; i < 3; ++i) {
    auto broadcast = std::make_shared<Broadcast>();
    broadcast->nsp = &io.of("/");
    broadcast->packet = socketio::encode_event("/", "b", socketio::Arguments::of(number, i));
    batch.push_back(std::move(broadcast));
  }
  return batch;
}

TEST_P(Rooms, BatchesComeWholeAndInTheOrderOfTheirCallsOnEveryShard) {
  constexpr int kBatches = 300;
  serve(4);
  std::vector<std::thread> publishers;
  for (int thread = 0; thread < 2; ++thread) {
    publishers.emplace_back([this, thread] {
      for (int n = 0; n < kBatches; ++n) io->broadcast(batch_of(*io, n * 2 + thread));
    });
  }
  for (auto& publisher : publishers) publisher.join();
  for (const auto& packets : heard()) {
    ASSERT_EQ(packets.size(), kBatches * 2 * 3U);
    int last[2] = {-1, -1};
    for (std::size_t i = 0; i < packets.size(); i += 3) {
      const int number = std::stoi(packets[i].substr(7));
      ASSERT_GT(number, last[number % 2]);
      last[number % 2] = number;
      for (std::size_t k = 0; k < 3; ++k) {
        ASSERT_EQ(packets[i + k],
                  R"(42["b",)" + std::to_string(number) + "," + std::to_string(k) + "]");
      }
    }
  }
}

TEST_P(Rooms, ActionsOnSocketsKeepTheirPlaceAmongBroadcasts) {
  serve(2);
  std::vector<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    const auto room = "room " + std::to_string(i);
    io->to(room).emit("before", i);  // nobody is in it yet
    io->except("nobody").join(room);
    io->to(room).emit("in", i);
    io->to(room).leave(room);
    io->to(room).emit("after", i);
    expected.push_back(R"(42["in",)" + std::to_string(i) + "]");
  }
  EXPECT_THAT(heard(), ElementsAre(expected, expected));
}

TEST_P(Rooms, BroadcastsOfAHandlerStayInOrderWithPostedOnes) {
  make().on("go", [this](Socket&, Event&) {
    for (int i = 0; i < 50; ++i) {
      io->emit("n", i * 2);
      io->broadcast({batch_of(*io, i * 2 + 1).front()});
    }
    io->emit("end");
  });
  serve(2);
  clients[0]->send(R"(42["go"])");
  for (const auto& client : clients) {
    const auto packets = client->read_until(kEnd);
    ASSERT_EQ(packets.size(), 100U);
    for (std::size_t i = 0; i < packets.size(); ++i) {
      EXPECT_EQ(std::stoul(packets[i].substr(7)), i);
    }
  }
}

TEST_P(Rooms, AnActionMayEndTheSocketsThatAreNextInTurn) {
  serve(4);
  io->except("nobody").for_each_socket([](Socket& socket) {
    auto& shard = socket.client().shard();
    for (Socket* const other : shard.select(socket.nsp().index(), {}, {})) other->disconnect();
    EXPECT_FALSE(socket.join("x"));
  });
  for (const auto& client : clients) EXPECT_EQ(client->read(), "41");
  io->to("x").emit("x");
  settle();
  EXPECT_EQ(io->metrics().sockets, 0);
}

// ---- acknowledgements --------------------------------------------------------------------------

class Acks : public Rooms {
 protected:
  BroadcastAcks ask(Milliseconds timeout_ms, const std::function<void()>& meanwhile) {
    BroadcastAcks result;
    bool done = false;
    io->to("quiz").emit_with_ack(timeout_ms, "q", socketio::Arguments::of("?"),
                                 [&](BroadcastAcks acks) {
                                   signal.change([&] {
                                     EXPECT_FALSE(done);
                                     result = std::move(acks);
                                     done = true;
                                   });
                                 });
    meanwhile();
    EXPECT_TRUE(signal.wait([&] { return done; }));
    return result;
  }
  // Reads the question and answers it.
  void answer(std::size_t client, std::string_view with) {
    const auto packet = clients[client]->read();
    ASSERT_THAT(packet, ::testing::EndsWith(R"(["q","?"])"));
    clients[client]->send("43" + packet.substr(2, packet.find('[') - 2) + "[" + std::string(with) +
                          "]");
  }
  static std::vector<std::string> texts(const BroadcastAcks& acks) {
    std::vector<std::string> all;
    for (const auto& one : acks.answers) all.emplace_back(one.view().json_text());
    return all;
  }
};
INSTANTIATE_TEST_SUITE_P(, Acks, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(Acks, OfARoomAreGatheredFromEveryShard) {
  serve(4);
  for (std::size_t i = 0; i < 3; ++i) join(i, "quiz");
  const auto acks = ask(20'000, [&] {
    for (std::size_t i = 0; i < 3; ++i) answer(i, std::to_string(i));
  });
  EXPECT_THAT(texts(acks), UnorderedElementsAre("0", "1", "2"));
  EXPECT_EQ(acks.missing, 0U);
}

TEST_P(Acks, ThatDoNotComeInTimeAreMissing) {
  serve(3);
  for (std::size_t i = 0; i < 3; ++i) join(i, "quiz");
  const auto acks = ask(200, [&] { answer(1, R"("mine",[2])"); });
  EXPECT_THAT(texts(acks), ElementsAre(R"("mine",[2])"));
  EXPECT_EQ(acks.missing, 2U);
  answer(0, "0");  // too late: harmless
  EXPECT_EQ(heard()[0].size(), 0U);
}

TEST_P(Acks, OfClientsThatGoAreMissingAtOnce) {
  serve(3);
  for (std::size_t i = 0; i < 3; ++i) join(i, "quiz");
  const auto acks = ask(600'000, [&] {
    clients[0]->wire.close();
    clients[1]->send("41");
    answer(2, "2");
  });
  EXPECT_THAT(texts(acks), ElementsAre("2"));
  EXPECT_EQ(acks.missing, 2U);
}

TEST_P(Acks, OfAnEmptyRoomCompleteAtOnce) {
  serve(0);
  const auto acks = ask(600'000, [] {});
  EXPECT_EQ(acks.answers.size() + acks.missing, 0U);
}

}  // namespace
}  // namespace parlor::realtime
