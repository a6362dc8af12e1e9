#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/report/cells.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

using Tree = nlohmann::json;

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

/// Writes values as it walks over them: a tree of the library for the whole result would take
/// several times the memory of the result itself. Only numbers and texts need the library.
class Dump {
 public:
  explicit Dump(bool indented) : indented_(indented) {}

  std::string take() { return std::move(text_); }

  void operator()(std::nullptr_t) { text_ += "null"; }
  void operator()(bool value) { text_ += value ? "true" : "false"; }
  void operator()(std::int64_t value) { text_ += std::to_string(value); }
  void operator()(double value) { text_ += std::isfinite(value) ? Tree(value).dump() : "null"; }

  void operator()(const std::string& value) {
    if (std::all_of(value.begin(), value.end(), is_plain)) {
      text_ += '"';
      text_ += value;
      text_ += '"';
    } else {
      // The escapes of `printable` are JSON's own: the library leaves some characters without one.
      text_ += printable(Tree(value).dump(-1, ' ', false, Tree::error_handler_t::replace));
    }
  }

  void operator()(const Json::Array& array) {
    text_ += '[';
    ++depth_;
    bool first = true;
    for (const Json& each : array) {
      next(first);
      std::visit(*this, each.value);
    }
    close(array.empty(), ']');
  }

  void operator()(const Json::Object& object) {
    text_ += '{';
    ++depth_;
    bool first = true;
    for (const auto& [key, each] : object) {
      next(first);
      (*this)(key);
      text_ += indented_ ? ": " : ":";
      std::visit(*this, each.value);
    }
    close(object.empty(), '}');
  }

 private:
  void next(bool& first) {
    if (!first) text_ += ',';
    first = false;
    new_line();
  }

  void close(bool empty, char bracket) {
    --depth_;
    if (!empty) new_line();
    text_ += bracket;
  }

  void new_line() {
    constexpr std::size_t indent = 2;
    if (!indented_) return;
    text_ += '\n';
    text_.append(depth_ * indent, ' ');
  }

  bool indented_;
  std::size_t depth_ = 0;
  std::string text_;
};

std::string write(const Report& report, const WriteOptions&) {
  return dump_json(report.data, true) + "\n";
}

}  // namespace

std::string dump_json(const Json& value, bool indented) {
  Dump dump(indented);
  std::visit(dump, value.value);
  return dump.take();
}

constinit const Writer writers::json{.name = "json",
                                     .summary = "the whole result as one JSON object",
                                     .write = write,
                                     .uses = ReportParts::data};

}  // namespace gemba::inline report
