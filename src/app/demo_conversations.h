// Conversations for the demo account to begin with, so that every screen has something to show:
// some forty over two weeks, in English and Arabic, of people who are made up.
//
// They are made through the use cases, each step in a write of its own, on a clock that runs from
// two weeks ago until now: before the server opens its store, and only in a directory that has no
// demo account yet. Blocks for some seconds. A server that is killed meanwhile starts with those
// that were made.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace parlor::app {

// The directory's demo account is made too (ensure_demo). Nothing where there is one already.
Result<Ok> make_demo_conversations(const std::string& data_dir, const Clock& clock);

}  // namespace parlor::app
