// `parlor bot eval | test | lint` (docs/bot.md): the bot by itself. They need no data directory and
// no server.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace parlor::app {

class BotCommands {
 public:
  // Adds the commands; `app` outlives it.
  explicit BotCommands(CLI::App& app);

  bool chosen() const { return bot_->parsed(); }
  // The process's exit code: 1 when a file cannot be read or is refused.
  int run() const;

 private:
  int evaluate() const;
  int evaluate_bot() const;
  int test() const;
  int lint() const;

  CLI::App* bot_;
  CLI::App* eval_;
  CLI::App* test_;
  CLI::App* lint_;
  std::string train_file_;
  std::vector<std::string> test_files_;
  std::string out_of_scope_file_;
  std::string intents_file_;
  std::string text_;
  std::string status_ = "bot_handling";
  bool as_json_ = false;
};

}  // namespace parlor::app
