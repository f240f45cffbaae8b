#include "app/bot_commands.h"

#include <spdlog/fmt/fmt.h>

#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bot/bot.h"
#include "bot/evaluation.h"
#include "bot/intents.h"
#include "bot/lint.h"

namespace parlor::app {
namespace {

namespace json = boost::json;

constexpr int kFailed = 1;
constexpr std::uintmax_t kMaxFileBytes = 256U << 20;
constexpr std::size_t kShownConfusions = 200;
constexpr std::size_t kShownIntents = 3;

int complain(const std::string& message) {
  std::cerr << "parlor: " << message << "\n";
  return kFailed;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return fail(ErrorCode::not_found, path + " cannot be read");
  if (static_cast<std::uintmax_t>(in.tellg()) > kMaxFileBytes)
    return fail(ErrorCode::too_large, path + " is larger than 256 MB");
  in.seekg(0);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

Result<std::vector<bot::LabelledText>> read_sentences(const std::string& path, bool needs_label) {
  const auto content = read_file(path);
  if (!content) return content.failure();
  auto sentences = bot::read_labelled(*content, needs_label);
  if (!sentences) return fail(sentences.error().code, path + ": " + sentences.error().message);
  return sentences;
}

// The file that is named, or the built-in one.
Result<std::string> read_intents_file(const std::string& path) {
  if (path.empty()) return std::string(bot::builtin_intents());
  return read_file(path);
}

json::object labels_json(const std::map<std::string, bot::LabelResult>& labels) {
  json::object all;
  for (const auto& [name, label] : labels) {
    json::object taken_for;
    for (const auto& [other, times] : label.taken_for) taken_for[other] = times;
    all[name] = {{"sentences", label.sentences},
                 {"right", label.right},
                 {"taken_for", std::move(taken_for)}};
  }
  return all;
}

json::object evaluation_json(const bot::Evaluation& found) {
  json::object answer{
      {"sentences", found.sentences},         {"accuracy", found.accuracy},
      {"macro_f1", found.macro_f1},           {"calibration_error", found.calibration_error},
      {"training_seconds", found.training_s}, {"model_bytes", found.model_bytes},
      {"p50_us", found.message.p50_us},       {"p99_us", found.message.p99_us}};
  if (found.out_of_scope_sentences > 0) {
    answer["out_of_scope_sentences"] = found.out_of_scope_sentences;
    answer["out_of_scope_recall"] = found.out_of_scope_recall;
    answer["threshold"] = found.threshold;
    answer["in_scope_accuracy_at_threshold"] = found.in_scope_accuracy;
  }
  answer["labels"] = labels_json(found.labels);
  return answer;
}

void print_evaluation(const bot::Evaluation& found) {
  fmt::print("sentences            {}\n", found.sentences);
  fmt::print("accuracy             {:.2f} %\n", 100 * found.accuracy);
  fmt::print("macro-F1             {:.2f} %\n", 100 * found.macro_f1);
  fmt::print("calibration error    {:.3f}\n", found.calibration_error);
  if (found.out_of_scope_sentences > 0) {
    fmt::print("out-of-scope recall  {:.2f} % of {}, below confidence {:.2f}\n",
               100 * found.out_of_scope_recall, found.out_of_scope_sentences, found.threshold);
    fmt::print("in-scope accuracy    {:.2f} % with that threshold\n",
               100 * found.in_scope_accuracy);
  }
  fmt::print("training             {:.2f} s\n", found.training_s);
  fmt::print("model                {:.1f} MB\n", static_cast<double>(found.model_bytes) / 1e6);
  fmt::print("a message            p50 {:.0f} us, p99 {:.0f} us\n", found.message.p50_us,
             found.message.p99_us);
}

void print_labels(const std::map<std::string, bot::LabelResult>& labels) {
  for (const auto& [name, label] : labels) {
    fmt::print("  {:<16} {:>4} of {:>4}", name, label.right, label.sentences);
    for (const auto& [other, times] : label.taken_for) fmt::print("  {}: {}", other, times);
    fmt::print("\n");
  }
}

json::object detected_json(const bot::Detected& detected, const bot::Bot& bot) {
  json::object answer{{"language", nullptr},
                      {"control", bot::name_of(detected.control)},
                      {"control_confidence", detected.control_confidence},
                      {"paid_not_credited", detected.paid_not_credited},
                      {"choice", detected.choice}};
  if (detected.language) answer["language"] = bot::name_of(*detected.language);
  json::array intents;
  for (const auto& [id, confidence] : detected.intents) {
    if (intents.size() == kShownIntents) break;
    intents.push_back({{"id", id}, {"confidence", confidence}});
  }
  answer["intents"] = std::move(intents);
  const auto& faq = detected.language == bot::Language::arabic ? detected.faq_ar : detected.faq_en;
  if (faq) {
    answer["question"] = {{"question", bot.questions()[faq->index].question},
                          {"score", faq->score}};
  }
  return answer;
}

json::object decision_json(const bot::Decision& decision) {
  json::object answer{{"status", bot::name_of(decision.status)},
                      {"intent", decision.dialogue.intent},
                      {"attempts", decision.dialogue.attempts},
                      {"reply", nullptr}};
  if (decision.escalation) answer["escalation"] = bot::name_of(*decision.escalation);
  if (!decision.reply) return answer;
  json::array choices;
  for (const auto& choice : decision.reply->quick_replies)
    choices.push_back({{"id", choice.id}, {"text", choice.text}});
  answer["reply"] = {{"kind", bot::name_of(decision.reply->kind)},
                     {"language", bot::name_of(decision.reply->language)},
                     {"text", decision.reply->text},
                     {"quick_replies", std::move(choices)}};
  return answer;
}

CLI::App* command(CLI::App& parent, const std::string& name, const std::string& help) {
  return parent.add_subcommand(name, help);
}

}  // namespace

BotCommands::BotCommands(CLI::App& app)
    : bot_(command(app, "bot", "the bot for students, by itself")),
      eval_(command(*bot_, "eval", "measure it, or a classifier of your own sentences")),
      test_(command(*bot_, "test", "what it would do about a message")),
      lint_(command(*bot_, "lint", "check an intents file; without one, the built-in")) {
  bot_->require_subcommand(1);
  eval_->add_option("--train", train_file_,
                    "sentences to learn from (CSV text,label or JSON); without: the bot itself");
  eval_
      ->add_option("--test", test_files_,
                   "sentences to be measured on; may be given more than once")
      ->required();
  eval_->add_option("--oos", out_of_scope_file_, "sentences that belong to no label");
  eval_->add_option("--intents", intents_file_, "an intents file instead of the built-in");
  eval_->add_flag("--json", as_json_, "one JSON object, with every label");
  test_->add_option("text", text_, "the message")->required();
  test_->add_option("--intents", intents_file_, "an intents file instead of the built-in");
  test_->add_option("--status", status_, "the chat's status")
      ->check(CLI::IsMember(
          {"bot_handling", "waiting_for_admin", "admin_handling", "resolved", "closed"}));
  lint_->add_option("file", intents_file_, "the intents file");
}

int BotCommands::run() const {
  if (lint_->parsed()) return lint();
  if (test_->parsed()) return test();
  return train_file_.empty() ? evaluate_bot() : evaluate();
}

int BotCommands::evaluate() const {
  const auto train = read_sentences(train_file_, true);
  if (!train) return complain(train.error().message);
  std::vector<bot::LabelledText> test;
  for (const auto& file : test_files_) {
    const auto more = read_sentences(file, true);
    if (!more) return complain(more.error().message);
    test.insert(test.end(), more->begin(), more->end());
  }
  std::vector<bot::LabelledText> out_of_scope;
  if (!out_of_scope_file_.empty()) {
    auto read = read_sentences(out_of_scope_file_, false);
    if (!read) return complain(read.error().message);
    out_of_scope = std::move(*read);
  }
  const auto found = bot::evaluate(*train, test, out_of_scope);
  if (as_json_) {
    std::cout << json::serialize(evaluation_json(found)) << "\n";
  } else {
    print_evaluation(found);
  }
  return 0;
}

int BotCommands::evaluate_bot() const {
  if (!out_of_scope_file_.empty()) return complain("--oos needs --train");
  const auto intents = read_intents_file(intents_file_);
  if (!intents) return complain(intents.error().message);
  json::object all;
  for (const auto& file : test_files_) {
    const auto test = read_sentences(file, true);
    if (!test) return complain(test.error().message);
    const auto found = bot::evaluate_bot(*intents, *test);
    if (!found) return complain(found.error().message);
    if (as_json_) {
      auto answer = evaluation_json(found->all);
      answer["intent_accuracy"] = found->intent_accuracy;
      answer["control_accuracy"] = found->control_accuracy;
      answer["person_recall"] = found->person_recall;
      answer["person_precision"] = found->person_precision;
      answer["failed_taken_for_solved"] = found->failed_taken_for_solved;
      all[file] = std::move(answer);
      continue;
    }
    fmt::print("{}\n", file);
    print_evaluation(found->all);
    if (found->intent_sentences > 0)
      fmt::print("intents              {:.2f} %\n", 100 * found->intent_accuracy);
    if (found->control_sentences > 0) {
      fmt::print("controls             {:.2f} %\n", 100 * found->control_accuracy);
      fmt::print("wants a person       recall {:.2f} %, precision {:.2f} %\n",
                 100 * found->person_recall, 100 * found->person_precision);
      fmt::print("failed, for solved   {:.2f} %\n", 100 * found->failed_taken_for_solved);
    }
    print_labels(found->all.labels);
    fmt::print("\n");
  }
  if (as_json_) std::cout << json::serialize(all) << "\n";
  return 0;
}

int BotCommands::test() const {
  const auto intents = read_intents_file(intents_file_);
  if (!intents) return complain(intents.error().message);
  const auto built = bot::Bot::build(*intents, bot::builtin_questions());
  if (!built) return complain(built.error().message);
  const auto detected = (*built)->detect(text_);
  bot::Situation situation;
  situation.status = *bot::status_of(status_);
  json::object answer{{"detected", detected_json(detected, **built)},
                      {"decision", decision_json((*built)->decide(situation, detected))}};
  std::cout << json::serialize(answer) << "\n";
  return 0;
}

int BotCommands::lint() const {
  const auto intents = read_intents_file(intents_file_);
  if (!intents) return complain(intents.error().message);
  const auto report = bot::lint(*intents);
  const auto name = intents_file_.empty() ? std::string("the built-in intents") : intents_file_;
  if (!report) return complain(name + ": " + report.error().message);
  fmt::print("{}: {} intents, {} phrases, no fault\n", name, report->intents, report->phrases);
  fmt::print(
      "left out a twentieth at a time, {:.1f} % of the phrases are still found; the others are "
      "taken for:\n",
      100 * report->right());
  std::size_t shown = 0;
  for (const auto& [phrase, intent, taken_for, confidence] : report->confusions) {
    if (shown++ == kShownConfusions) break;
    fmt::print("  {:.2f}  {} for {}: {}\n", confidence, taken_for, intent, phrase);
  }
  return 0;
}

}  // namespace parlor::app
