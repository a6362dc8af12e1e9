// The JSON Schemas in man/schema against the JSON that is really written.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/audit/audit.h"
#include "core/eventlog/query/activity_names.h"
#include "core/eventlog/query/selection.h"
#include "core/findings/catalogue.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/groups/segments.h"
#include "core/replay/replay.h"
#include "core/report/building/audit_report.h"
#include "core/report/building/lint_report.h"
#include "core/report/building/replay_report.h"
#include "core/report/building/stats_report.h"
#include "core/report/cells.h"
#include "core/rules/lint.h"
#include "core/toml/read.h"
#include "tests/house/json_samples.h"
#include "tests/house/json_schema.h"
#include "tests/json.h"

namespace fs = std::filesystem;
using namespace gemba;
using nlohmann::json;
using test::joined;
using test::Sample;
using test::Samples;
using test::schema_faults;
namespace {

const fs::path root = GEMBA_ROOT;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The schemas by command: what stands in man/schema.
std::map<std::string, json> read_schemas() {
  std::map<std::string, json> schemas;
  for (const auto& entry : fs::directory_iterator(root / "man/schema")) {
    const std::string name = entry.path().filename().string();
    schemas[name.substr(0, name.find('.'))] = json::parse(read(entry.path()));
  }
  return schemas;
}

/// Calls `use(part, address)` for every part of a schema that describes a value.
template <class Use>
void for_each_part(const json& part, const std::string& address, const Use& use) {
  use(part, address);
  for (const char* group : {"properties", "$defs"}) {
    if (!part.contains(group)) continue;
    for (const auto& [key, each] : part[group].items()) {
      for_each_part(each, fmt::format("{}/{}/{}", address, group, key), use);
    }
  }
  if (part.contains("items")) for_each_part(part["items"], address + "/items", use);
}

/// Calls `use(at)` with every value of a document in turn changed to what no program could expect.
template <class Use>
void spoil_values(json& document, const Use& use) {
  const json flat = document.flatten();
  for (const auto& [address, value] : flat.items()) {
    const json::json_pointer at(address);
    json& place = document[at];
    for (json wrong : {json::array({json::array()}), json::object({{"unforeseen", true}})}) {
      std::swap(place, wrong);
      use(at);
      std::swap(place, wrong);
    }
  }
}

/// Calls `use(at)` with a key too many in every object of a document, and with every key left out.
template <class Use>
void spoil_keys(json& document, const Use& use) {
  std::set<std::string> objects = {""};
  const json flat = document.flatten();
  for (const auto& [address, value] : flat.items()) {
    for (json::json_pointer up(address); !up.empty();) {
      up.pop_back();
      if (document[up].is_object()) objects.insert(up.to_string());
    }
  }
  for (const std::string& address : objects) {
    const json::json_pointer at(address);
    json& object = document[at];
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    object["unforeseen"] = true;
    use(at);
    object.erase("unforeseen");
    for (const std::string& key : keys) {
      json taken = std::move(object[key]);
      object.erase(key);
      use(at);
      object[key] = std::move(taken);
    }
  }
}

}  // namespace

TEST_CASE("every JSON report has a schema, which the manual names") {
  const auto schemas = read_schemas();
  std::size_t reports = 0;
  for (const auto& entry : fs::directory_iterator(root / "core/report/building")) {
    if (entry.path().extension() != ".cpp") continue;
    if (read(entry.path()).find("{\"schema_version\", ") == std::string::npos) continue;
    const std::string name = entry.path().stem().string();
    const std::string command = name.substr(0, name.find('_'));
    CAPTURE(command);
    ++reports;
    CHECK(schemas.contains(command));
    const std::string page = read(root / "man" / ("gemba-" + command + ".1"));
    CHECK(page.find(".It Pa share/gemba/schema/" + command + ".schema.json") != std::string::npos);
  }
  CHECK(reports == schemas.size());
  CHECK(reports >= 4);
}

TEST_CASE("a schema describes every key, and requires all and no other") {
  for (const auto& [command, schema] : read_schemas()) {
    for_each_part(schema, command, [&, &whole = schema](const json& part, const std::string& at) {
      CAPTURE(at);
      const json& meant = test::resolved(whole, part);
      const bool is_key = at.find("/properties/") != std::string::npos && !at.ends_with("/items");
      if (is_key || part.contains("properties")) {
        const std::string text = part.value("description", meant.value("description", ""));
        CHECK(text.ends_with("."));
        CHECK(text.size() < 110);
      }
      if (!part.contains("properties")) return;
      CHECK(part.at("additionalProperties") == json(false));
      std::set<std::string> keys;
      for (const auto& [key, each] : part["properties"].items()) keys.insert(key);
      CHECK(part.at("required").get<std::set<std::string>>() == keys);
      CHECK(part["required"].size() == keys.size());
    });
  }
}

TEST_CASE("the JSON of every command is as its schema says, and takes all the forms it says") {
  const auto schemas = read_schemas();
  test::SeenTypes seen;
  for (const Samples& samples : {test::small_samples(), test::large_samples()}) {
    for (const Sample& sample : samples) {
      CAPTURE(sample.command);
      CAPTURE(sample.about);
      CHECK(joined(schema_faults(schemas.at(sample.command), sample.document, &seen)) == "");
    }
  }
  for (const auto& [command, schema] : schemas) {
    for_each_part(schema, command, [&](const json& part, const std::string& at) {
      CAPTURE(at);
      if (!part.contains("type")) return;
      std::set<std::string> said;
      for (const json& type :
           part["type"].is_array() ? part["type"] : json::array({part["type"]})) {
        said.insert(type == "integer" ? "number" : type.get<std::string>());
      }
      CHECK(seen[&part] == said);
    });
  }
}

TEST_CASE("a schema lets no key be added, left out or changed") {
  const auto schemas = read_schemas();
  std::size_t tried = 0;
  std::map<std::string, int> taken;
  for (const Sample& sample : test::small_samples()) {
    // A few of each command have every part; more would take long.
    if (++taken[sample.command] > 12) continue;
    CAPTURE(sample.command);
    CAPTURE(sample.about);
    const json& schema = schemas.at(sample.command);
    json document = sample.document;
    const auto refuse = [&](const json::json_pointer& at) {
      const test::JudgingPart judging = test::judging_part(schema, document, at);
      const json& judged = document[judging.at];
      CAPTURE(at);
      CAPTURE(judged.dump());
      CHECK_FALSE(test::part_faults(schema, *judging.part, judged).empty());
      ++tried;
    };
    spoil_values(document, refuse);
    spoil_keys(document, refuse);
    CHECK(document == sample.document);
  }
  CHECK(tried > 1000);
}

TEST_CASE("enumerations are those of the model") {
  const auto schemas = read_schemas();
  json kinds;
  for (int kind = 0; kind <= static_cast<int>(StepKind::call); ++kind) {
    kinds.push_back(std::string(to_string(static_cast<StepKind>(kind))));
  }
  CHECK(schemas.at("replay").at("/$defs/step/properties/kind/enum"_json_pointer) == kinds);
  json units;
  for (int unit = 0; unit <= static_cast<int>(KpiUnit::number); ++unit) {
    units.push_back(std::string(to_string(static_cast<KpiUnit>(unit))));
  }
  CHECK(schemas.at("replay").at("/$defs/kpi/properties/unit/enum"_json_pointer) == units);
  json periods;
  for (int unit = 0; unit <= static_cast<int>(PeriodUnit::month); ++unit) {
    periods.push_back(std::string(to_string(static_cast<PeriodUnit>(unit))));
  }
  CHECK(schemas.at("replay").at("/$defs/over/properties/unit/enum"_json_pointer) == periods);
  json bases;
  for (const Basis basis : {Basis::structure, Basis::declared, Basis::log}) {
    bases.push_back(std::string(to_string(basis)));
  }
  CHECK(schemas.at("audit").at("/$defs/evidence/properties/source/enum"_json_pointer) == bases);
}
