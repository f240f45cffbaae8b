// `parlor import orders FILE.json`: brings in the rooms of another system, in the format in which
// fetchRoomByUserAgent answers: {"roomData":[…]}, or the array alone.
//
//   file ─ one room after another (order_file.h) ─ check its records ─▶ steps of at most
//   kMaxImportedAtOnce records ─▶ command "orders.import", in the server that runs, else in the
//   store itself
//
// What cannot be read is reported with its place in the file and left out; of a file that breaks
// off, what is whole comes in. Steps that were done are known when they come again: an import that
// was cut short is simply started again.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/result.h"
#include "chat/transaction.h"
#include "dialects/common/json_fields.h"

namespace parlor::app {

struct ImportOptions {
  std::string file;
  std::string data_dir = "data";
  std::string account;  // its id; empty = the only one
};

// The whole of it, with a progress bar when standard error is a terminal; at the end, standard
// output has what is new. Answers the exit code: 1 when it did not come to the file's end.
int import_orders(const ImportOptions& options);

// One step, as the command does it: {rooms:[{…, user_Data, chat_Data}]} answered by how many are
// new and what could not be brought in.
Result<boost::json::object> import_order_step(chat::Transaction& transaction, AccountId account,
                                              dialects::JsonFields& arguments);

}  // namespace parlor::app
