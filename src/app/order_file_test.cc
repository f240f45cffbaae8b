#include "app/order_file.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace parlor::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OrderFiles : public ::testing::Test {
 protected:
  ~OrderFiles() override { std::filesystem::remove(path_); }

  OrderFile file(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return OrderFile(path_);
  }
  // The records of a file, and in the end what is wrong with it.
  struct Read {
    std::vector<std::string> texts;
    std::vector<std::string> places;
    std::string problem;
  };
  Read read(const std::string& text) {
    auto records = file(text);
    Read read;
    while (true) {
      auto next = records.next();
      if (!next) read.problem = next.error().message;
      if (!next || !*next) return read;
      read.texts.push_back((*next)->text);
      read.places.push_back((*next)->place);
    }
  }

 private:
  const std::string path_ =
      (std::filesystem::temp_directory_path() /
       ("parlor-order-file-" +
        std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".json"))
          .string();
};

TEST_F(OrderFiles, RoomsStandInAnArrayOrInRoomData) {
  const auto array = read(R"([{"a":1}, {"b":[1,{}]} ])");
  EXPECT_THAT(array.texts, ElementsAre(R"({"a":1})", R"({"b":[1,{}]})"));
  EXPECT_THAT(array.places, ElementsAre("[0]", "[1]"));
  EXPECT_EQ(array.problem, "");
  const auto object = read(
      "\n{\"status\" :true,\"x\":{\"roomData\":[7]}, \"roomData\":[\n{}\n] ,\"statusCode\":200}\n");
  EXPECT_THAT(object.texts, ElementsAre("{}"));
  EXPECT_THAT(object.places, ElementsAre("roomData[0]"));
  EXPECT_EQ(object.problem, "");
  EXPECT_EQ(read("[]").problem, "");
  EXPECT_EQ(read(R"({"roomData":[]})").problem, "");
}

TEST_F(OrderFiles, AByteOrderMarkIsPassedOver) {
  EXPECT_THAT(read("\xEF\xBB\xBF[{}]").texts, ElementsAre("{}"));
}

TEST_F(OrderFiles, BracketsInStringsAreText) {
  const std::string record = R"({"a":"]}\"[{\\"})";
  EXPECT_THAT(read("[" + record + ",{}]").texts, ElementsAre(record, "{}"));
}

TEST_F(OrderFiles, AFileWithoutRoomsSaysSo) {
  for (const char* text : {"{}", "7", R"({"roomData":7})", R"({"rooms":[]})", "true"}) {
    EXPECT_THAT(read(text).problem, HasSubstr("roomData")) << text;
  }
  EXPECT_THAT(OrderFile("/nowhere/at.all").next().error().message, HasSubstr("cannot read"));
}

TEST_F(OrderFiles, AFileThatBreaksOffGivesWhatIsWholeAndSaysWhere) {
  const std::string whole = "{\"roomData\":[\n{\"a\":\"b\\\\\"},\n{\"c\":[1]}\n],\"status\":true}";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto part = read(whole.substr(0, size));
    EXPECT_THAT(part.problem, HasSubstr("not valid JSON")) << whole.substr(0, size);
    const auto expected = size < 25 ? 0u : size < 36 ? 1u : 2u;
    EXPECT_EQ(part.texts.size(), expected) << whole.substr(0, size);
  }
  EXPECT_THAT(read(whole.substr(0, 30)).problem,
              HasSubstr("line 3: not valid JSON: it breaks off, in roomData[1]"));
  EXPECT_EQ(read(whole).problem, "");
}

TEST_F(OrderFiles, AMistakeOfTheBracketsEndsIt) {
  for (const char* text : {"[{}{}]", "[{},]", "[{]}", "[{}]]", "[{}] x", R"({"roomData":[{}],})",
                           R"({"roomData":[{}]"a":1})", R"({"a" 1,"roomData":[{}]})", "[{}}",
                           R"({"status":tru,"roomData":[{}]})", R"({7:1,"roomData":[{}]})"}) {
    EXPECT_THAT(read(text).problem, HasSubstr("not valid JSON")) << text;
  }
  EXPECT_THAT(read("[{}," + std::string(100, '[')).problem, HasSubstr("too deep"));
}

TEST_F(OrderFiles, WhatIsNoRoomIsGivenToWhoReadsRooms) {
  EXPECT_THAT(read(R"(["no room", 7, {"a":nul}, null])").texts,
              ElementsAre("\"no room\"", "7", R"({"a":nul})", "null"));
}

TEST_F(OrderFiles, ARoomThatIsTooLargeIsPassedOver) {
  const auto large = "{\"a\":\"" + std::string(OrderFile::kMaxRoomBytes, 'x') + "\"}";
  const auto records = read("[{}," + large + ",{\"b\":1}]");
  EXPECT_THAT(records.texts, ElementsAre("{}", "", "{\"b\":1}"));
  EXPECT_THAT(records.places, ElementsAre("[0]", "[1]", "[2]"));
  EXPECT_EQ(records.problem, "");
}

}  // namespace
}  // namespace parlor::app
