#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "load/http.h"
#include "load/options.h"
#include "load/process.h"
#include "load/report.h"
#include "load/stats.h"

namespace parlor::bench {
namespace {

TEST(Stats, PercentileIsTheNearestRank) {
  std::vector<std::uint32_t> sample;
  for (std::uint32_t n = 1; n <= 100; ++n) sample.push_back(n);
  EXPECT_EQ(percentile(sample, 0.5), 50);
  EXPECT_EQ(percentile(sample, 0.99), 99);
  EXPECT_EQ(percentile({7}, 0.99), 7);
  EXPECT_EQ(percentile({}, 0.99), 0);
}

TEST(Stats, MedianOfAnEvenSampleIsTheMeanOfTheMiddle) {
  EXPECT_EQ(median({5, 1, 3}), 3);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
}

TEST(Report, AnswersTheMedianOverRounds) {
  Report report("test", "");
  report.add("a", "W=1", 1, {{"x", 1.0}});
  report.add("a", "W=1", 2, {{"x", 3.0}});
  report.add("a", "W=4", 1, {{"x", 9.0}});
  EXPECT_EQ(report.value("a", "W=1", "x"), 2);
  EXPECT_TRUE(std::isnan(report.value("b", "W=1", "x")));
}

TEST(ParseResponse, WaitsForTheWholeBody) {
  const std::string answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\nX: y\r\n\r\nhello";
  for (std::size_t size = 0; size < answer.size(); ++size) {
    EXPECT_FALSE(parse_response(answer.substr(0, size))) << size;
  }
  const auto response = parse_response(answer + "HTTP/1.1");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->size, answer.size());
}

TEST(Options, SaysWhichOptionIsWrong) {
  EXPECT_THROW(parse_options({"fanout", "--work", "/tmp", "--windows", "0"}),
               std::invalid_argument);
  EXPECT_THROW(parse_options({"fanout", "--work", "/tmp", "--clients", "many"}),
               std::invalid_argument);
  EXPECT_THROW(parse_options({"fanout", "--nonsense", "1"}), std::invalid_argument);
  EXPECT_EQ(parse_options({"fanout", "--work", "/tmp", "--windows", "1,8"}).windows,
            (std::vector<int>{1, 8}));
}

TEST(CpuSeconds, CountsWhatThisProcessHasUsed) {
  const double before = cpu_seconds(::getpid());
  while (cpu_seconds(::getpid()) < before + 0.05) {
  }
  EXPECT_GT(resident_bytes(::getpid()), 1U << 20);
}

}  // namespace
}  // namespace parlor::bench
