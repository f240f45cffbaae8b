#pragma once

#include "dialects/common/decode.h"
