#include "core/eventlog/query/activity_names.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

/// A file in the folder for temporary files that goes with the test.
struct TemporaryFile {
  std::string path = (std::filesystem::temp_directory_path() / "gemba activity 名称.csv").string();
  explicit TemporaryFile(std::string_view text) { std::ofstream(path) << text; }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path); }
};

EventLog renamed(std::string_view names) {
  const TemporaryFile file(names);
  const EventLog log = read_log_text("case,activity\n1,A\n1,b\n1,c\n2,c\n2,A\n3,c\n", "x.csv");
  return rename_activities(log, read_activity_names(file.path));
}

}  // namespace

TEST_CASE("activities get other names, share one, or are left out") {
  CHECK(show_events(renamed("A,受理\n")) == "1/受理 1/b 1/c 2/c 2/受理 3/c");
  CHECK(show_events(renamed("A,b\n")) == "1/b 1/b 1/c 2/c 2/b 3/c");
  CHECK(show_events(renamed("A,b\nb,A\n")) == "1/b 1/A 1/c 2/c 2/b 3/c");
  const EventLog left_out = renamed("c;\r\n");
  CHECK(show_events(left_out) == "1/A 1/b 2/A");
  CHECK(left_out.changes.events_left_out == 3);
}

TEST_CASE("names that the log does not have are listed, but for a header") {
  CHECK(renamed("name in the log,name to use\nA,x\n").changes.unused_names.empty());
  const std::vector<std::string> expected = {"d"};
  CHECK(renamed("A,x\nd,y\n").changes.unused_names == expected);
}

TEST_CASE("a faulty file of names is refused with the line") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row table[] = {
      {"A,b\nc\n", "line 2: it has 1 columns"},
      {"A,b,c\n", "line 1: it has 3 columns"},
      {"A,b\n,c\n", "line 2: its first column names no activity"},
      {"A,b\nc,d\nA,e\n", "line 3: 'A' has a name already on line 1"},
      {"\n\n", "names no activities"},
      {"A,\xFF\n", "not UTF-8"},
  };
  for (const Row& row : table) {
    CAPTURE(row.message);
    CHECK_THROWS_WITH_AS(renamed(row.text), doctest::Contains(row.message), Error);
  }
  CHECK_THROWS_AS(read_activity_names("/no such folder/names.csv"), Error);
}
