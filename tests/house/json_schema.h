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

/// What is wrong with a value by a part of a schema, as `schema_faults` says it.
std::vector<std::string> part_faults(const nlohmann::json& schema, const nlohmann::json& part,
                                     const nlohmann::json& value);

/// A part of a schema, and the address of the value that it judges in a document.
struct JudgingPart {
  const nlohmann::json* part = nullptr;
  nlohmann::json::json_pointer at;
};

/// The deepest part of a schema that must hold whatever else there is for the value at `at` in a
/// document: when the value changes, and by that part there is a fault, the document has one too.
/// That is the part of the value itself, or alternatives above it of which more than one could
/// take a value of the type that is there.
JudgingPart judging_part(const nlohmann::json& schema, const nlohmann::json& document,
                         const nlohmann::json::json_pointer& at);

/// Faults as lines of text.
std::string joined(const std::vector<std::string>& lines);

/// The part of a schema that `$ref` names (`#/$defs/…`), or the part itself.
const nlohmann::json& resolved(const nlohmann::json& schema, const nlohmann::json& part);

}  // namespace gemba::test
