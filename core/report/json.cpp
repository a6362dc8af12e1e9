#include <cmath>
#include <nlohmann/json.hpp>

#include "core/report/cells.h"
#include "core/report/writer.h"

namespace gemba {
namespace {

using Tree = nlohmann::ordered_json;

Tree to_tree(const Json& json) {
  struct Convert {
    Tree operator()(std::nullptr_t) const { return nullptr; }
    Tree operator()(bool value) const { return value; }
    Tree operator()(std::int64_t value) const { return value; }
    Tree operator()(double value) const {
      return std::isfinite(value) ? Tree(value) : Tree(nullptr);
    }
    Tree operator()(const std::string& value) const { return value; }
    Tree operator()(const Json::Array& array) const {
      Tree tree = Tree::array();
      for (const Json& each : array) tree.push_back(to_tree(each));
      return tree;
    }
    Tree operator()(const Json::Object& object) const {
      Tree tree = Tree::object();
      for (const auto& [key, each] : object) tree[key] = to_tree(each);
      return tree;
    }
  };
  return std::visit(Convert{}, json.value);
}

std::string write(const Report& report, const WriteOptions&) {
  return dump_json(report.data, true) + "\n";
}

}  // namespace

std::string dump_json(const Json& value, bool indented) {
  return to_tree(value).dump(indented ? 2 : -1, ' ', false, Tree::error_handler_t::replace);
}

constinit const Writer writers::json{
    .name = "json", .summary = "the whole result as one JSON object", .write = write};

}  // namespace gemba
