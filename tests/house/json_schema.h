#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/json.h"

namespace gemba::test {

/// What documents had at each part of a schema: `string`, `null`, … by the part's address.
using SeenTypes = std::map<const nlohmann::json*, std::set<std::string>>;

/// What is wrong with a document by a JSON Schema (draft 2020-12), as `/steps/0/name: not a
/// string`; empty when it is valid, and then `seen` learns from it. Knows the keywords that our
/// schemas use and throws std::invalid_argument for any other: nothing stands unchecked. An integer
/// is a number written without a fraction, as counts are.
std::vector<std::string> schema_faults(const nlohmann::json& schema, const nlohmann::json& document,
                                       SeenTypes* seen = nullptr);

/// Faults as lines of text.
std::string joined(const std::vector<std::string>& lines);

/// The part of a schema that `$ref` names (`#/$defs/…`), or the part itself.
const nlohmann::json& resolved(const nlohmann::json& schema, const nlohmann::json& part);

}  // namespace gemba::test
