#include "core/base/line_diff.h"

#include <doctest/doctest.h>

using namespace gemba;

TEST_CASE("a diff shows the lines that change with three around them") {
  struct Case {
    const char* what;
    const char* before;
    const char* after;
    const char* diff;
  };
  const Case cases[] = {
      {"nothing", "a\nb\n", "a\nb\n", ""},
      {"one line", "a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
      {"the only line", "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
      {"a line goes", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n6\n",
       "@@ -2,5 +2,4 @@\n 2\n 3\n 4\n-5\n 6\n"},
      {"a line comes", "1\n2\n", "0\n1\n2\n", "@@ -1,2 +1,3 @@\n+0\n 1\n 2\n"},
      {"from nothing", "", "a\n", "@@ -0,0 +1 @@\n+a\n"},
      {"to nothing", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
      {"no end of line", "a\nb", "a\nc",
       "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n"
       "+c\n\\ No newline at end of file\n"},
      {"an end of line comes", "a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
      {"carriage returns stay", "a\r\nb\r\n", "x\r\nb\r\n", "@@ -1,2 +1,2 @@\n-a\r\n+x\r\n b\r\n"},
      {"near changes in one piece", "1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n",
       "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"},
      {"far changes in two", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "2\n3\n4\n5\n6\n7\n8\ny\n",
       "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,4 @@\n 6\n 7\n 8\n-9\n+y\n"},
  };
  for (const Case& each : cases) {
    INFO(each.what);
    const std::string head = *each.diff == '\0' ? "" : "--- a.toml\n+++ a.toml\n";
    CHECK(unified_diff(each.before, each.after, "a.toml") == head + each.diff);
  }
}

TEST_CASE("thousands of changed lines are shown as changed at once") {
  std::string before, after;
  for (int i = 0; i < 5000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += (i % 2 == 0 ? "a" : "b") + std::to_string(i) + "\n";
  }
  const std::string diff = unified_diff(before, after, "a.toml");
  CHECK(diff.starts_with("--- a.toml\n+++ a.toml\n@@ -1,5000 +1,5000 @@\n a0\n-a1\n"));
}
