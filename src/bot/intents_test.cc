#include "bot/intents.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "bot/bot.h"

namespace parlor::bot {
namespace {

namespace json = boost::json;

const Intents& builtin() {
  static const auto intents = *read_intents(builtin_intents());
  return intents;
}

json::array phrases(const std::string& about, int count) {
  json::array list;
  for (int i = 0; i < count; ++i) list.push_back(json::string(about + " " + std::to_string(i)));
  return list;
}

json::object intent(const std::string& id) {
  return {{"id", id},
          {"phrases", {{"en", phrases(id + " trouble", 12)}, {"ar", phrases("مشكلة " + id, 12)}}},
          {"steps", {{{"id", "look"}, {"text", {{"en", "Look: {reset_url}"}, {"ar", "انظر"}}}}}},
          {"handoff_note", {{"en", "See the log."}, {"ar", "راجع السجل"}}}};
}

json::object small_file() {
  return {{"version", 1}, {"intents", {intent("TRAVEL"), intent("FOOD")}}};
}

std::string complaint(const json::value& file) {
  const auto read = read_intents(json::serialize(file), &builtin());
  return read ? "" : read.error().message;
}

json::object& first_intent(json::object& file) { return file["intents"].as_array()[0].as_object(); }

TEST(IntentsFile, TheBuiltInIsWhole) {
  EXPECT_EQ(builtin().intents.size(), 8U);
  for (const auto& intent : builtin().intents) {
    EXPECT_GE(intent.phrases.en.size(), 60U) << intent.id;
    EXPECT_GE(intent.phrases.ar.size(), 60U) << intent.id;
    EXPECT_TRUE(intent.escalate || intent.id == kOther || intent.steps.size() == 3) << intent.id;
  }
}

TEST(IntentsFile, WhatASmallFileLeavesOutIsTheBuiltIns) {
  const auto read = read_intents(json::serialize(small_file()), &builtin());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->intents.size(), 2U);
  EXPECT_EQ(read->controls.size(), builtin().controls.size());
  EXPECT_EQ(read->thresholds.high, builtin().thresholds.high);
  EXPECT_FALSE(read_intents(json::serialize(small_file())));
}

TEST(IntentsFile, AnUnknownFieldIsRefused) {
  auto file = small_file();
  first_intent(file)["prases"] = 1;
  EXPECT_EQ(complaint(file), "line 1: intent TRAVEL has an unknown field \"prases\"");
}

TEST(IntentsFile, EveryTextNeedsBothLanguages) {
  auto file = small_file();
  first_intent(file)["handoff_note"] = {{"en", "See the log."}};
  EXPECT_EQ(complaint(file), "line 1: intent TRAVEL, handoff_note: has no Arabic text (\"ar\")");
}

TEST(IntentsFile, APlaceholderThatNothingSetsIsRefused) {
  auto file = small_file();
  first_intent(file)["handoff_note"] = {{"en", "Go to {office}"}, {"ar", "راجع السجل"}};
  EXPECT_EQ(complaint(file),
            "line 1: intent TRAVEL, handoff_note: {office} is not set; give it a text "
            "\"default_office\"");
}

TEST(IntentsFile, APhraseBelongsToOneIntentWhateverItsSpelling) {
  auto file = small_file();
  first_intent(file)["phrases"].as_object()["en"].as_array().push_back("Food, TROUBLE 3!");
  EXPECT_EQ(complaint(file),
            "line 1: \"FOOD trouble 3\" stands under FOOD and, in line 1, under TRAVEL");
}

TEST(IntentsFile, FewerThanTwentyPhrasesAreTooFew) {
  auto file = small_file();
  first_intent(file)["phrases"].as_object()["ar"] = phrases("سفر", 7);
  EXPECT_EQ(complaint(file), "line 1: intent TRAVEL has 19 phrases; it needs at least 20");
}

TEST(IntentsFile, AnIntentThatIsNotHandedOverNeedsSteps) {
  auto file = small_file();
  first_intent(file).erase("steps");
  EXPECT_EQ(complaint(file), "line 1: intent TRAVEL: \"steps\" must be a list of 1 to 20 steps");
  first_intent(file)["escalate"] = true;
  EXPECT_EQ(complaint(file), "");
}

TEST(IntentsFile, AFaultIsToldWithItsLine) {
  const auto refused = [](std::string_view text) {
    const auto read = read_intents(text, &builtin());
    return read ? "" : read.error().message;
  };
  EXPECT_EQ(refused("{\n \"version\": 1,\n \"intents\": 7\n}"),
            "line 3: \"intents\" must be a list of 2 to 64 intents");
  EXPECT_TRUE(refused("{\n \"version\": 1,\n oops\n}").starts_with("line 3: not valid JSON"));
  EXPECT_TRUE(refused("{\n \"version\": 1,\n \"version\": 1\n}")
                  .starts_with("line 3: not valid JSON: \"version\" stands twice"));
  EXPECT_TRUE(refused("{\n \"version\": 1").starts_with("line 2: not valid JSON"));
  EXPECT_TRUE(refused("").starts_with("line 1: not valid JSON"));
  EXPECT_EQ(refused("[]"), "line 1: the file must be one JSON object");
  EXPECT_EQ(refused("{\"version\": 2}"), "line 1: \"version\" must be 1");
  EXPECT_FALSE(refused(std::string(kMaxIntentsBytes + 1, ' ')).empty());
  EXPECT_FALSE(refused(std::string(100'000, '[')).empty());
}

TEST(IntentsFile, ThresholdsAreFractionsInOrder) {
  auto file = small_file();
  file["thresholds"] = {{"high", 0.2}, {"low", 0.4}};
  EXPECT_EQ(complaint(file), "line 1: thresholds: \"low\" must not be above \"high\"");
  file["thresholds"] = {{"high", 7}};
  EXPECT_EQ(complaint(file), "line 1: thresholds: \"high\" must be a number from 0 to 1");
}

TEST(IntentsFile, ABotOfAnotherSubjectAnswersFromIt) {
  const auto bot = Bot::build(json::serialize(small_file()), {});
  ASSERT_TRUE(bot) << bot.error().message;
  const auto decision = (*bot)->decide({}, (*bot)->detect("food trouble 44"));
  ASSERT_TRUE(decision.reply);
  EXPECT_EQ(decision.dialogue.intent, "FOOD");
  EXPECT_TRUE(decision.reply->text.starts_with("Look: the \"Forgot password?\" link"));
}

}  // namespace
}  // namespace parlor::bot
