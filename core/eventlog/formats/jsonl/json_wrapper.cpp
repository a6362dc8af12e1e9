#include "core/eventlog/formats/jsonl/json_wrapper.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/formats/object_centric.h"

namespace gemba::inline eventlog {

namespace {

std::string way_out(const std::string& path, const std::string& name) {
  return fmt::format("jq -c '{}[]' {} > log.jsonl", path, name == "-" ? "FILE" : printable(name));
}

// What holds several arrays of objects is a log only for those who know which one it is.
void refuse_others(const JsonOutline& outline, const std::string& name) {
  if (outline.is_object_centric()) throw Error(describe_object_centric(name));
  const std::vector<JsonOutline::Array>& arrays = outline.arrays();
  if (arrays.size() < 2) return;
  std::string list;
  constexpr std::size_t most = 10;
  for (std::size_t at = 0; at < std::min(most, arrays.size()); ++at)
    add_item(list, fmt::format("'{}' ({})", printable(arrays[at].path), arrays[at].objects));
  const auto largest = std::max_element(
      arrays.begin(), arrays.end(),
      [](const auto& one, const auto& other) { return one.objects < other.objects; });
  throw Error(
      fmt::format("'{}' holds several arrays of objects, and any of them may be the log: {}{}; "
                  "take out the one "
                  "that is, for example with {}",
                  name, list, arrays.size() > most ? " …" : "", way_out(largest->path, name)));
}

void feed_rest(JsonOutline& outline, ByteStream& stream) {
  std::vector<char> buffer(std::size_t{256} << 10U);
  while (const std::size_t got = stream.read_some(buffer.data(), buffer.size()))
    outline.feed(std::string_view(buffer.data(), got));
}

}  // namespace

JsonWrapper::JsonWrapper(std::string name, std::string_view before, std::uint64_t begin)
    : name_(std::move(name)), begin_(begin) {
  outline_.feed(before);
}

std::optional<JsonWrapper> JsonWrapper::find(ByteStream& stream, const ReadOptions& options) {
  const std::string_view head = stream.peek();
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] != '{') return std::nullopt;
  JsonOutline outline;
  outline.feed(head);
  if (outline.is_object_centric()) throw Error(describe_object_centric(stream.name()));
  if (outline.arrays().empty() || outline.has_more()) return std::nullopt;
  const bool is_event = names_columns(outline.names(), options);
  const auto log = std::find_if(
      outline.arrays().begin(), outline.arrays().end(),
      [&](const JsonOutline::Array& each) { return names_columns(each.names, options); });
  if (is_event && log == outline.arrays().end()) return std::nullopt;
  if (is_event) {
    throw Error(fmt::format(
        "'{}' is one object that names a case and an activity, and so do the objects of its array "
        "'{}'; take out those that are the log, for example with {}",
        stream.name(), printable(log->path), way_out(log->path, stream.name())));
  }
  if (outline.arrays().size() > 1) {
    const std::string name = stream.name();
    JsonOutline whole;
    feed_rest(whole, stream);
    refuse_others(whole, name);
  }
  const std::uint64_t begin = outline.arrays().front().begin;
  return JsonWrapper(stream.name(), head.substr(0, static_cast<std::size_t>(begin)), begin);
}

void JsonWrapper::finish(JsonLines& lines, std::uint64_t objects) {
  outline_.pass_array(objects);
  const std::string path = outline_.arrays().back().path;
  for (std::string_view rest = lines.take_rest(); !rest.empty(); rest = lines.take_rest()) {
    const std::uint64_t before = outline_.line_ends();
    outline_.feed(rest);
    if (!outline_.has_more()) continue;
    throw Error(fmt::format(
        "'{}', line {}: text stands behind the object that holds the array '{}'; take out the "
        "objects of all, for example with {}",
        name_, lines.line() + outline_.line_ends() - before, printable(path),
        way_out(path, name_)));
  }
  refuse_others(outline_, name_);
  if (outline_.is_closed()) return;
  throw Error(
      fmt::format("'{}', line {}: the object that holds the array '{}' is not closed with '}}'; is "
                  "the file complete?",
                  name_, lines.line(), printable(path)));
}

}  // namespace gemba::inline eventlog
