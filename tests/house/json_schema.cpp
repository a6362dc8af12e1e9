#include "tests/house/json_schema.h"
#include "tests/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace gemba::test {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  throw std::invalid_argument("unknown type " + type);
}

bool is_of(const json& types, const json& value) {
  if (types.is_string()) return has_type(value, types);
  return std::any_of(types.begin(), types.end(),
                     [&](const json& type) { return has_type(value, type); });
}

/// One document held against a schema.
struct Check {
  const json& schema;
  bool notes_types = false;
  std::vector<std::string> faults = {};
  SeenTypes seen = {};

  void part(const json& part, const json& value, const std::string& place) {
    if (notes_types) seen[&part].insert(value.is_number() ? "number" : value.type_name());
    for (const auto& [keyword, operand] : part.items()) {
      if (!is_annotation(keyword)) apply(keyword, operand, part, value, place);
    }
  }

  static bool is_annotation(const std::string& keyword) {
    return keyword == "$schema" || keyword == "$id" || keyword == "$defs" || keyword == "title" ||
           keyword == "description";
  }

  void fault_unless(bool good, const std::string& place, const std::string& message) {
    if (!good) faults.push_back(place + ": " + message);
  }

  void apply(const std::string& keyword, const json& operand, const json& all, const json& value,
             const std::string& place) {
    if (keyword == "$ref") {
      part(resolved(schema, all), value, place);
    } else if (keyword == "type") {
      fault_unless(is_of(operand, value), place, "not of type " + operand.dump());
    } else if (keyword == "const") {
      fault_unless(value == operand, place, "not " + operand.dump());
    } else if (keyword == "enum") {
      fault_unless(std::find(operand.begin(), operand.end(), value) != operand.end(), place,
                   "not one of " + operand.dump());
    } else if (keyword == "minimum") {
      fault_unless(!value.is_number() || value >= operand, place, "below " + operand.dump());
    } else if (keyword == "maximum") {
      fault_unless(!value.is_number() || value <= operand, place, "above " + operand.dump());
    } else if (keyword == "anyOf") {
      any_of(operand, value, place);
    } else {
      apply_to_children(keyword, operand, all, value, place);
    }
  }

  void apply_to_children(const std::string& keyword, const json& operand, const json& all,
                         const json& value, const std::string& place) {
    if (keyword == "items") {
      if (!value.is_array()) return;
      for (std::size_t i = 0; i < value.size(); ++i) {
        part(operand, value[i], fmt::format("{}/{}", place, i));
      }
    } else if (keyword == "required") {
      for (const json& key : operand) {
        fault_unless(!value.is_object() || value.contains(key), place, "lacks " + key.dump());
      }
    } else if (keyword == "properties") {
      for (const auto& [key, each] : operand.items()) {
        if (!value.is_object() || !value.contains(key)) continue;
        part(each, value[key], fmt::format("{}/{}", place, key));
      }
    } else if (keyword == "additionalProperties" && operand == json(false)) {
      if (!value.is_object()) return;
      for (const auto& [key, each] : value.items()) {
        fault_unless(all["properties"].contains(key), place, "has unknown \"" + key + "\"");
      }
    } else {
      throw std::invalid_argument("unknown keyword " + keyword);
    }
  }

  void any_of(const json& choices, const json& value, const std::string& place) {
    for (const json& choice : choices) {
      Check attempt{schema, notes_types};
      attempt.part(choice, value, place);
      if (!attempt.faults.empty()) continue;
      for (const auto& [each, types] : attempt.seen) seen[each].insert(types.begin(), types.end());
      return;
    }
    faults.push_back(place + ": none of the choices");
  }
};

/// The part that describes what stands under `key` in a value that `part` describes; null where
/// there is none, or more than one that could.
const json* part_below(const json& schema, const json& part, const json& value,
                       const std::string& key) {
  const json& meant = resolved(schema, part);
  if (value.is_array() && meant.contains("items")) return &meant["items"];
  if (value.is_object() && meant.contains("properties") && meant["properties"].contains(key))
    return &meant["properties"][key];
  if (!meant.contains("anyOf")) return nullptr;
  // An alternative of another type takes no such value, whatever stands in it.
  const json* only = nullptr;
  for (const json& each : meant["anyOf"]) {
    const json& choice = resolved(schema, each);
    if (choice.contains("type") && !is_of(choice["type"], value)) continue;
    if (only != nullptr) return nullptr;
    only = &choice;
  }
  return only == nullptr ? nullptr : part_below(schema, *only, value, key);
}

}  // namespace

std::vector<std::string> schema_faults(const json& schema, const json& document, SeenTypes* seen) {
  Check check{schema, seen != nullptr};
  check.part(schema, document, "");
  if (seen != nullptr && check.faults.empty()) {
    for (const auto& [part, types] : check.seen) (*seen)[part].insert(types.begin(), types.end());
  }
  return check.faults;
}

std::vector<std::string> part_faults(const json& schema, const json& part, const json& value) {
  Check check{schema};
  check.part(part, value, "");
  return check.faults;
}

JudgingPart judging_part(const json& schema, const json& document, const json::json_pointer& at) {
  std::vector<std::string> keys;
  for (auto up = at; !up.empty(); up.pop_back()) keys.insert(keys.begin(), up.back());
  JudgingPart found{&schema, json::json_pointer()};
  for (const std::string& key : keys) {
    const json* below = part_below(schema, *found.part, document.at(found.at), key);
    if (below == nullptr) break;
    found.part = below;
    found.at.push_back(key);
  }
  return found;
}

const json& resolved(const json& schema, const json& part) {
  if (!part.contains("$ref")) return part;
  const std::string reference = part["$ref"];
  if (!reference.starts_with("#/$defs/")) throw std::invalid_argument("unknown $ref " + reference);
  return schema.at(json::json_pointer(reference.substr(1)));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  return text;
}

}  // namespace gemba::test
