#include <fmt/format.h>

#include <array>

#include "core/toml/parts.h"

namespace gemba::inline toml {
namespace {

void read_status(Reading& reading, const Node& header, Process& process) {
  constexpr std::array<std::string_view, 3> words = {"active", "draft", "retired"};
  static_assert(static_cast<int>(Process::Status::retired) == 2);
  const Node* status = member(header, "status");
  if (status == nullptr) return;
  const Choice choice = as_choice(reading, *status, words, "a status");
  if (choice.guessed) process.status = static_cast<Process::Status>(*choice.guessed);
}

void read_volume(Reading& reading, const Node& header, Process& process) {
  const Node* volume = member(header, "volume");
  if (volume == nullptr) return;
  if (volume->kind != Node::Kind::text) {
    report_type(reading, *volume, "a text like \"1200 / week\"");
    return;
  }
  process.volume = parse_volume(volume->text);
  if (process.volume) {
    process.volume->span = volume->span;
    return;
  }
  reading.report("S003", volume->span,
                 fmt::format("{} is not a volume; write it like \"1200 / week\" (hour, day, week, "
                             "month or year)",
                             quoted(volume->text)));
}

}  // namespace

void read_header(Reading& reading, const Node& header, Process& process) {
  check_keys(reading, header, process.kind == Process::Kind::sop ? keys::sop : keys::map);
  process.span = header.span;
  if (const Node* id = member(header, "id"); id != nullptr && id->kind == Node::Kind::text) {
    process.span = id->span;
    check_id(reading, id->text, id->span);
  } else if (id != nullptr) {
    report_type(reading, *id, Node::Kind::text);
  }
  process.title = read_text(reading, header, "title");
  if (process.title.empty()) process.title = process.id;
  process.version = read_text(reading, header, "version");
  read_status(reading, header, process);
  if (const Node* date = member(header, "effective")) process.effective = as_date(reading, *date);
  if (const Node* date = member(header, "review_by")) {
    process.review_by = as_date(reading, *date);
    process.review_by_span = date->span;
  }
  process.trigger = read_text(reading, header, "trigger");
  process.goal = read_text(reading, header, "goal");
  process.scope = read_text(reading, header, "scope");
  process.supersedes = read_text(reading, header, "supersedes");
  process.tags = read_texts(reading, header, "tags");
  read_volume(reading, header, process);
}

void read_owner(Scope& scope, const Node& header, Process& process) {
  if (const Node* owner = member(header, "owner")) process.owner = find_role(scope, *owner);
}

}  // namespace gemba::inline toml
