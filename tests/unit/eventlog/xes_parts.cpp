// A document that is cut into parts, wherever the cuts fall: the log or the error is the same.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/eventlog/xes_outcome.h"

using namespace gemba;

namespace {

constexpr std::size_t parts[] = {2, 3, 7};

// Whether the text is a log. The scanner in one piece comes to the same end as expat elsewhere.
bool check_same(std::string_view text, ReadOptions options = {}) {
  CAPTURE(text);
  options.threads = 1;
  const std::string right = xes_outcome(text, {}, options);
  for (const std::size_t count : parts) {
    CAPTURE(count);
    options.threads = count;
    for (const std::size_t block : {std::size_t{1}, std::size_t{50}, XesScanner::usual_block})
      REQUIRE(xes_outcome(text, {XesFrontEnd::scanner, block, 1}, options) == right);
  }
  return !right.starts_with("error");
}

std::string event(std::string_view activity, std::string_view time = "2026-01-05T09:00:00Z") {
  return fmt::format(
      "<event>\n<string key='concept:name' value='{}'/><date key='time:timestamp' value='{}'/>\n"
      "</event>\n",
      activity, time);
}

std::string trace(std::string_view name, std::string_view inside) {
  return fmt::format("<trace>\n<string key='concept:name' value='{}'/>{}</trace>\n", name, inside);
}

/// Traces of which some have neither name nor events, or bad events, with more in front of one.
std::string many_traces(int count, int place = -1, std::string_view extra = {}) {
  std::string text;
  for (int number = 0; number < count; ++number) {
    if (number == place) text += extra;
    const std::string name = number % 5 == 1 ? "" : fmt::format("c{}", number % 17);
    const std::string time =
        number % 7 == 3 ? "soon" : fmt::format("2026-01-{:02}", number % 28 + 1);
    text +=
        trace(name, number % 6 == 5 ? "" : event("a", time) + event(number % 2 == 0 ? "b" : "c"));
  }
  return text;
}

std::string log(std::string_view inside) { return fmt::format("<log>\n{}</log>\n", inside); }

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (; times > 0; --times) all += text;
  return all;
}

}  // namespace

TEST_CASE("a document in parts is the same log") {
  CHECK(check_same(log(many_traces(40))));
  CHECK(check_same(log("<classifier name='x' keys='concept:name'/>" + many_traces(40))));
  CHECK(check_same(log(many_traces(1))));
  // What only the parts behind have: keys in order of appearance, cases that go on, unnamed ones.
  const std::string more = trace("c2", "<event><int key='n' value='1'/></event>" + event("d")) +
                           trace("(unnamed 1)", event("d")) + trace("", event("e"));
  for (const int place : {0, 10, 39}) CHECK(check_same(log(many_traces(40, place, more))));
}

TEST_CASE("a document in parts keeps the numbers of cases without a name") {
  std::string text = log(trace("(unnamed 3)", event("a")) + trace("", event("b", "")) +
                         repeated(trace("", event("a")), 6) + trace("(unnamed 2)", event("z")));
  CHECK(check_same(text));
  ReadOptions options;
  options.threads = 3;
  const std::string shown = xes_outcome(text, {XesFrontEnd::scanner, 100, 1}, options);
  CHECK(shown.find("\ncase (unnamed 7)\n") != std::string::npos);
}

TEST_CASE("a cut that is none is noticed") {
  const std::string front = many_traces(6);
  const std::string behind = many_traces(6);
  // What a cut is looked for by, where it must not be made. Some of it looks as if it began a part
  // that ends well.
  for (const std::string_view decoy :
       {"<trace></trace>", "<trace></trace><trace>", "<trace></trace></log><?x "}) {
    const std::string decoys = repeated(decoy, 60);
    const std::string wrapped[] = {
        fmt::format("<!--{}-->", decoys),
        fmt::format("<?x {}?>", decoys),
        trace("c", fmt::format("<![CDATA[{}]]>", decoys)),
        fmt::format("<![CDATA[{}]]>", decoys),
        trace("c", event("q") + fmt::format("<trace>{}</trace>", decoys) + event("r")),
        fmt::format("<extension>{}</extension>", decoys),
        trace("c", fmt::format("<string key='concept:name' value='{}'/>", decoys)),
        trace("c", fmt::format("<string key='x' value=\"{}\"/>", repeated("&lt;/trace>", 60))),
        trace("c", fmt::format("<list key='x'>{}</list>", decoys + event("deep") + decoys)),
        fmt::format("<!--{}--><!-- -- -->", decoys),
    };
    for (const std::string& each : wrapped) {
      check_same(log(front + each + behind));
      check_same(log(front + each));
      check_same(log(each + behind));
      check_same(log(front) + each);
    }
  }
}

TEST_CASE("what the scanner declines is handed over in every part") {
  for (const int place : {1, 10, 20, 30, 39}) {
    CAPTURE(place);
    CHECK(check_same(log(many_traces(40, place, "<键/>"))));
    CHECK_FALSE(check_same(log(many_traces(40, place, "<trace><event>"))));
    CHECK_FALSE(check_same(log(many_traces(40, place, "</log>"))));
    CHECK_FALSE(check_same(log(many_traces(40, place, "&nbsp;"))));
    CHECK(check_same(log(many_traces(40, place, "<event/><global><event/></global>\r"))));
  }
  const std::string whole = log(many_traces(12));
  for (std::size_t size = 0; size < whole.size(); size += 5) check_same(whole.substr(0, size));
}

TEST_CASE("classifiers between traces count as they do in one piece") {
  ReadOptions options;
  options.log.activity_column = "x";
  const std::string classifier = "<classifier name='x' keys='concept:name time:timestamp'/>";
  for (const int place : {0, 1, 5, 10, 29}) {
    CAPTURE(place);
    check_same(log(many_traces(30, place, classifier)), options);
    check_same(log("<trace/>" + trace("c", "") + repeated(trace("d", "<event/>"), 10) +
                   many_traces(30, place, classifier + classifier)),
               options);
    check_same(log(trace("c", "<event/>") + repeated(trace("d", ""), place) + classifier +
                   many_traces(30)),
               options);
  }
}

TEST_CASE("attributes and the order of day and month are those of one piece") {
  ReadOptions options;
  options.attributes = {"case:concept:name", "concept:name"};
  CHECK(check_same(log(many_traces(40)), options));
  for (const std::string_view decisive : {"13/2/2026", "2/13/2026", "1/2/2026"}) {
    for (const int place : {0, 15, 29}) {
      const std::string text = log(repeated(trace("c", event("a", "1/2/2026")), place) +
                                   trace("d", event("a", decisive)) +
                                   repeated(trace("c", event("a", "3/2/2026")), 30 - place));
      check_same(text);
      check_same(log(trace("d", event("a", "13/2/2026")) + text.substr(5, text.size() - 12)));
    }
  }
}
