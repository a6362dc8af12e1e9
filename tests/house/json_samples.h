#pragma once
#include <string>
#include <vector>

#include "tests/json.h"

namespace gemba::test {

/// What a command wrote for an example.
struct Sample {
  std::string command;
  std::string about;
  nlohmann::json document;
};

using Samples = std::vector<Sample>;

/// Of documents at fault, and of logs in few words.
Samples small_samples();

/// Of the sample handbook and its log.
Samples large_samples();

}  // namespace gemba::test
