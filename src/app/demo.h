// The demo account: made once, so that the first thing a newcomer sees works (`parlor demo`, `serve
// --demo`).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace parlor::app {

// Ids and tokens of the demo account as design.md lists them. Kept in DIR/demo.json (mode 0600) and
// read back from there when it is asked for again. Blocks. unavailable when the file cannot be
// written.
Result<boost::json::object> ensure_demo(store::Store& store, const Clock& clock,
                                        const std::string& data_dir);

}  // namespace parlor::app
