// How good a classifier, or the bot, is on sentences that it was not trained on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/bot.h"
#include "bot/labelled.h"

namespace parlor::bot {

struct Timing {
  double p50_us = 0;
  double p99_us = 0;
};

struct LabelResult {
  std::size_t sentences = 0;
  std::size_t right = 0;
  std::map<std::string, std::size_t> taken_for;  // wrongly
};

struct Evaluation {
  std::size_t sentences = 0;
  double accuracy = 0;  // of the likeliest label
  double macro_f1 = 0;
  double calibration_error = 0;  // expected, ten bins
  double training_s = 0;
  std::size_t model_bytes = 0;
  Timing message;
  std::map<std::string, LabelResult> labels;
  // With sentences out of scope: those of less confidence than the threshold are turned away.
  double threshold = 0;
  double in_scope_accuracy = 0;  // an in-scope sentence that is turned away counts as wrong
  std::size_t out_of_scope_sentences = 0;
  double out_of_scope_recall = 0;
};

// Trains on `train` and classifies `test`. Precondition: neither is empty.
Evaluation evaluate(const std::vector<LabelledText>& train, const std::vector<LabelledText>& test,
                    const std::vector<LabelledText>& out_of_scope);

// A label is an intent of the bot or a control ("NONE": no control); others are always missed.
struct BotEvaluation {
  Evaluation all;
  double intent_accuracy = 0;   // of the sentences labelled with an intent
  double control_accuracy = 0;  // of the sentences labelled with a control
  std::size_t intent_sentences = 0;
  std::size_t control_sentences = 0;
  double person_recall = 0;            // wants a person
  double person_precision = 0;         // among the sentences labelled with a control
  double failed_taken_for_solved = 0;  // share of NOT_WORKING that is read as thanks or yes
};

// Builds a bot of the intents file and reads `test` with it. invalid: a fault of the file.
Result<BotEvaluation> evaluate_bot(std::string_view intents_json,
                                   const std::vector<LabelledText>& test);

}  // namespace parlor::bot
