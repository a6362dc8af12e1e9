// The validator of JSON Schemas that the other tests rely on.
#include <doctest/doctest.h>

#include <tuple>

#include "tests/house/json_schema.h"
#include "tests/json.h"

using gemba::test::joined;
using gemba::test::schema_faults;
using nlohmann::json;

TEST_CASE("the validator finds what is wrong") {
  const json schema = json::parse(R"({
    "type": "object", "additionalProperties": false, "required": ["n"],
    "properties": {
      "n": { "type": "integer", "minimum": 1, "maximum": 9 }, "v": { "const": 1 },
      "e": { "enum": ["a", "b"] }, "s": { "type": ["string", "null"] },
      "l": { "type": "array", "items": { "$ref": "#/$defs/x" } },
      "o": { "anyOf": [{ "$ref": "#/$defs/x" }, { "type": "null" }] } },
    "$defs": { "x": { "type": "object", "required": ["y"], "properties": { "y": { "type": "boolean" } } } }
  })");
  const std::pair<const char*, const char*> documents[] = {
      {R"({ "n": 1 })", ""},
      {R"({ "n": 9, "v": 1, "e": "b", "s": null, "l": [{ "y": true }], "o": null })", ""},
      {R"({ "n": 2, "s": "x", "l": [], "o": { "y": false, "z": 1 } })", ""},
      {"[]", ": not of type \"object\"\n"},
      {"{}", ": lacks \"n\"\n"},
      {R"({ "n": 1.0 })", "/n: not of type \"integer\"\n"},
      {R"({ "n": "1" })", "/n: not of type \"integer\"\n"},
      {R"({ "n": 0 })", "/n: below 1\n"},
      {R"({ "n": 10 })", "/n: above 9\n"},
      {R"({ "n": 1, "v": 2 })", "/v: not 1\n"},
      {R"({ "n": 1, "e": "c" })", "/e: not one of [\"a\",\"b\"]\n"},
      {R"({ "n": 1, "s": 1 })", "/s: not of type [\"string\",\"null\"]\n"},
      {R"({ "n": 1, "l": [{ "y": true }, {}] })", "/l/1: lacks \"y\"\n"},
      {R"({ "n": 1, "l": [{ "y": 1 }] })", "/l/0/y: not of type \"boolean\"\n"},
      {R"({ "n": 1, "o": {} })", "/o: none of the choices\n"},
      {R"({ "n": 1, "m": 1 })", ": has unknown \"m\"\n"}};
  for (const auto& each : documents) {
    CAPTURE(each.first);
    CHECK(joined(schema_faults(schema, json::parse(each.first))) == each.second);
  }
  CHECK_THROWS(schema_faults(json{{"pattern", "a"}}, "b"));
  CHECK_THROWS(schema_faults(json{{"type", "text"}}, "b"));
  CHECK_THROWS(schema_faults(json{{"$ref", "#/$defs/none"}}, "b"));
}

TEST_CASE("what judges a value alone is its own part, or alternatives that could all take it") {
  const json schema = json::parse(R"({
    "properties": {
      "l": { "type": "array", "items": { "$ref": "#/$defs/x" } },
      "o": { "anyOf": [{ "$ref": "#/$defs/x" }, { "type": "null" }] },
      "a": { "anyOf": [{ "$ref": "#/$defs/x" }, { "type": "object" }] } },
    "$defs": { "x": { "type": "object", "properties": { "y": { "type": "boolean" } } } }
  })");
  const json document = json::parse(
      R"({ "l": [{ "y": true }, { "y": false }], "o": { "y": true }, "a": { "y": true } })");
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"", "", ""},
      {"/l", "/properties/l", "/l"},
      {"/l/1", "/properties/l/items", "/l/1"},
      {"/l/1/y", "/$defs/x/properties/y", "/l/1/y"},
      {"/o", "/properties/o", "/o"},
      {"/o/y", "/$defs/x/properties/y", "/o/y"},
      {"/a/y", "/properties/a", "/a"},
      {"/unknown", "", ""}};
  for (const auto& [value, part, judged] : rows) {
    CAPTURE(value);
    const auto judging = gemba::test::judging_part(schema, document, json::json_pointer(value));
    CHECK(judging.part == &schema.at(json::json_pointer(part)));
    CHECK(judging.at.to_string() == judged);
  }
}
