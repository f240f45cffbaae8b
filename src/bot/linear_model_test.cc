#include <gtest/gtest.h>

#include <cmath>

#include "bot/classifier.h"

namespace parlor::bot {
namespace {

std::vector<LabelledText> sentences() {
  std::vector<LabelledText> texts;
  for (const auto* thing : {"train", "bus", "boat", "plane", "tram", "ferry"}) {
    texts.push_back({std::string("when does the ") + thing + " leave", "TRAVEL"});
    texts.push_back({std::string("I missed my ") + thing, "TRAVEL"});
  }
  for (const auto* dish : {"soup", "rice", "bread", "salad", "cake", "fish"}) {
    texts.push_back({std::string("how is the ") + dish + " cooked", "FOOD"});
    texts.push_back({std::string("I would like some ") + dish, "FOOD"});
  }
  return texts;
}

TEST(Classifier, LearnsWhatItsLabelsHaveInCommon) {
  const Classifier classifier(sentences());
  const auto label_of = [&](std::string_view text) {
    return classifier.labels()[classifier.classify(text).label];
  };
  EXPECT_EQ(label_of("when does the next traim leave"), "TRAVEL");
  EXPECT_EQ(label_of("how are fishes cooked"), "FOOD");
}

TEST(Classifier, IsTheSameWheneverItIsTrained) {
  const Classifier first(sentences());
  const Classifier second(sentences());
  for (const auto* text : {"a boat with soup", "zzz", "", "when"}) {
    EXPECT_EQ(first.classify(text).label, second.classify(text).label);
    EXPECT_EQ(first.classify(text).confidence, second.classify(text).confidence);
  }
}

TEST(Classifier, UnfamiliarWordsMakeItLessSure) {
  const Classifier classifier(sentences());
  const auto known = classifier.classify("when does the bus leave").confidence;
  const auto unknown = classifier.classify("when xqv jkwz the bus vvqz").confidence;
  const auto strange = classifier.classify("xqv jkwz vvqz").confidence;
  EXPECT_GT(known, unknown);
  EXPECT_GT(unknown, strange);
}

TEST(Softmax, IsADistribution) {
  std::vector<float> scores = {1000, 999, -1000};
  softmax(scores);
  EXPECT_NEAR(scores[0] + scores[1] + scores[2], 1, 1e-5);
  EXPECT_NEAR(scores[0] / scores[1], std::exp(1), 1e-4);
  std::vector<float> none;
  softmax(none);
}

}  // namespace
}  // namespace parlor::bot
