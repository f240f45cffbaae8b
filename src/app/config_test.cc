#include "app/config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace parlor::app {
namespace {

class ConfigFile : public ::testing::Test {
 protected:
  Result<Ok> read(const std::string& text) {
    const auto path =
        std::filesystem::path(::testing::TempDir()) /
        (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
    std::ofstream(path) << text;
    return read_config_file(path.string(), config_);
  }
  Config config_;
};

TEST_F(ConfigFile, SetsWhatItNamesAndLeavesTheRest) {
  ASSERT_TRUE(read("listen = [\"127.0.0.1:9000\", \"[::1]:9000\"]\nthreads = 3\ndemo = true\n"));
  EXPECT_EQ(config_.listen.size(), 2U);
  EXPECT_EQ(config_.threads, 3U);
  EXPECT_TRUE(config_.demo);
  EXPECT_EQ(config_.data_dir, "data");
}

TEST_F(ConfigFile, AnUnknownKeyIsRefusedByName) {
  const auto done = read("lisen = \"127.0.0.1:9000\"\n");
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("lisen"), std::string::npos);
}

TEST_F(ConfigFile, AWrongTypeOrSyntaxIsRefusedWithItsPlace) {
  EXPECT_FALSE(read("threads = \"many\"\n"));
  EXPECT_FALSE(read("threads = -1\n"));
  const auto done = read("threads = 2\nlisten =\n");
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("line 2"), std::string::npos);
}

TEST_F(ConfigFile, AMissingFileIsAnError) {
  EXPECT_FALSE(read_config_file("/nonexistent.toml", config_));
}

TEST(Config, ValuesThatCannotBeMeantAreRefused) {
  Config config;
  config.public_url = "https://chat.example.com";
  EXPECT_TRUE(check_config(config));
  for (const auto* url : {"chat.example.com", "https://", "https://chat.example.com/"}) {
    config.public_url = url;
    EXPECT_FALSE(check_config(config)) << url;
  }
  config = {};
  config.log_level = "loud";
  EXPECT_FALSE(check_config(config));
  config = {};
  config.outgoing_bytes = 0;
  EXPECT_FALSE(check_config(config));
}

TEST(Config, DemoListensOnLoopbackOnly) {
  Config config;
  config.demo = true;
  EXPECT_TRUE(check_config(config));
  config.listen = {"localhost:1", "[::1]:1", "127.0.0.9:1"};
  EXPECT_TRUE(check_config(config));
  for (const auto* open : {"0.0.0.0:8000", "*:8000", "[::]:8000", "192.0.2.1:8000"}) {
    config.listen = {"127.0.0.1:1", open};
    EXPECT_FALSE(check_config(config)) << open;
  }
}

}  // namespace
}  // namespace parlor::app
