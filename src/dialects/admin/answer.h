// The envelope of administration's answers.
#pragma once

#include <boost/json/value.hpp>

#include "net/http_types.h"

namespace parlor::dialects::admin {

// 200 {"success":true,"data":…}
net::HttpResponse answer(boost::json::value data);

}  // namespace parlor::dialects::admin
