#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"
#include "core/time/time.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

EventLog read(std::string_view body, const ReadOptions& options = {}) {
  return read_log_text("<?xml version='1.0'?>\n<log>" + std::string(body) + "</log>", "x.xes",
                       options);
}

}  // namespace

TEST_CASE("XES in all its forms") {
  struct Row {
    const char* body;
    const char* events;
  };
  const Row table[] = {
      // order of attributes, kinds of quotes, white space, entities
      {"<trace><string value='c1' key='concept:name'/><event>\n<date\tvalue = "
       "'2026-01-05T09:00:00+08:00' key\n= "
       "\"time:timestamp\"/><string key='concept:name' value='a &amp; "
       "&#x5DE5;&quot;'/></event></trace>",
       "c1/a & 工\"/2026-01-05T01:00:00Z"},
      // the name of a trace may stand behind its events
      {"<trace><event><string key='concept:name' value='a'/></event><string key='concept:name' "
       "value='c'/></trace>",
       "c/a"},
      // times as text, not as date
      {"<trace><string key='concept:name' value='c'/><event><string key='concept:name' "
       "value='a'/><string "
       "key='time:timestamp' value='2026-01-05 09:00'/></event></trace>",
       "c/a/2026-01-05T09:00:00Z"},
      // globals, classifiers, attributes of the log, nested attributes and lists are no events
      {"<extension name='Concept' prefix='concept' uri='x'/><global scope='event'><string "
       "key='concept:name' "
       "value='UNKNOWN'/></global><classifier name='n' keys='concept:name'/><string "
       "key='concept:name' value='log'/>"
       "<trace><string key='concept:name' value='c'><string key='concept:name' "
       "value='nested'/></string>"
       "<event><string key='concept:name' value='a'><string key='concept:name' "
       "value='nested'/></string>"
       "<list key='l'><values><string key='concept:name' value='in list'/></values></list>"
       "<string key='org:resource' value='w'/></event></trace>",
       "c/a/w"},
      // equal names are one case
      {"<trace><string key='concept:name' value='c'/><event><string key='concept:name' "
       "value='a'/></event></trace>"
       "<trace><string key='concept:name' value='d'/><event><string key='concept:name' "
       "value='b'/></event></trace>"
       "<trace><string key='concept:name' value='c'/><event><string key='concept:name' "
       "value='e'/></event></trace>",
       "c/a c/e d/b"},
      // no names: cases of their own
      {"<trace><event><string key='concept:name' value='a'/></event></trace><trace><event><string "
       "key='concept:name' value='b'/></event></trace>",
       "(unnamed 1)/a (unnamed 2)/b"},
      // comments, CDATA, processing instructions between
      {"<!-- <event/> --><trace><![CDATA[<event>]]><?x <event/>?><string key='concept:name' "
       "value='c'/><event>"
       "<!-- x --><string key='concept:name' value='a'/></event></trace>",
       "c/a"},
      // elements with a namespace prefix, attributes without a value
      {"<x:trace xmlns:x='u'><x:string key='concept:name' value='c'/><x:event><x:string "
       "key='concept:name' "
       "value='a'/><x:string key='org:resource'/></x:event></x:trace>",
       "c/a"},
  };
  for (const Row& row : table) {
    CAPTURE(row.body);
    const EventLog log = read(row.body);
    CHECK(show_events(log) == row.events);
    CHECK(log.quality.bad_rows == 0);
    CHECK(log.format == "xes");
  }
}

TEST_CASE("unnamed cases stay apart from named ones and from each other") {
  const EventLog log = read(
      "<trace><string key='concept:name' value='(unnamed 1)'/><event><string key='concept:name' "
      "value='a'/></event>"
      "</trace><trace><event><string key='concept:name' value='a'/></event></trace>");
  CHECK(log.cases.size() == 2);
  CHECK(log.quality.unnamed_cases == 1);
}

TEST_CASE("bad events are counted with line and reason") {
  const EventLog log = read(
      "<trace><string key='concept:name' value='c'/>\n"
      "<event><string key='concept:name' value='a'/><date key='time:timestamp' "
      "value='2026-01-05'/></event>\n"
      "<event><date key='time:timestamp' value='2026-01-05'/></event>\n"
      "<event><string key='concept:name' value='b'/><date key='time:timestamp' "
      "value='soon'/></event>\n"
      "<event><string key='concept:name' value='n'/></event>\n"
      "</trace>\n"
      "<event><string key='concept:name' value='a'/></event>\n"
      "<trace><string key='concept:name' value='only bad'/><event><string key='concept:name' "
      "value='n'/></event>"
      "</trace>");
  CHECK(show_events(log) == "c/a/2026-01-05T00:00:00Z");
  CHECK(log.quality.rows == 6);
  CHECK(log.quality.bad_rows == 5);
  REQUIRE(log.quality.bad_examples.size() == 5);
  CHECK(log.quality.bad_examples[0].line == 4);
  CHECK(log.quality.bad_examples[0].reason == "it names no activity");
  CHECK(log.quality.bad_examples[1].reason == "'soon' is not a timestamp");
  CHECK(log.quality.bad_examples[2].reason == "it has no time");
  CHECK(log.quality.bad_examples[2].line == 6);
  CHECK(log.quality.bad_examples[3].reason == "the event stands outside of a trace");
  CHECK(log.cases.size() == 1);
  CHECK(log.activities.size() == 1);
}

TEST_CASE("start times alone are refused until the user calls them the time") {
  constexpr std::string_view body =
      "<trace><event><string key='concept:name' value='a'/><date key='start_timestamp' "
      "value='2026-01-05'/></event></trace>";
  CHECK_THROWS_WITH_AS(read(body), doctest::Contains("'start_timestamp'"), Error);
  ReadOptions options;
  options.log.timestamp_column = "start_timestamp";
  const EventLog log = read(body, options);
  CHECK(show_events(log) == "(unnamed 1)/a/2026-01-05T00:00:00Z");
  CHECK_FALSE(log.has_starts());
}

TEST_CASE("a bad event is told by the line where it begins, an empty trace is counted") {
  const EventLog log = read(
      "<trace><string key='concept:name' value='c'/>\n<event>\n<string key='concept:name' "
      "value='a'/>\n<date key='time:timestamp' value='soon'/>\n</event>\n</trace>\n"
      "<trace><string key='concept:name' value='empty'/></trace>");
  REQUIRE(log.quality.bad_examples.size() == 1);
  CHECK(log.quality.bad_examples[0].line == 3);
  CHECK(log.quality.empty_traces == 1);
}

TEST_CASE("traces of one name are one case, and are counted") {
  const auto trace = [](const std::string& name, const std::string& time) {
    return "<trace>" + (name.empty() ? "" : "<string key='concept:name' value='" + name + "'/>") +
           "<event><string key='concept:name' value='a'/><date key='time:timestamp' value='" +
           time + "'/></event></trace>\n";
  };
  const std::string day = "2026-01-05T09:00:00";
  const EventLog log = read(trace("c", day) + trace("d", day) + trace("c", day) + trace("", day) +
                            trace("", day) + trace(" c ", day));
  CHECK(log.case_count() == 4);
  CHECK(log.quality.repeated_traces == 2);
  CHECK(read(trace("c", day) + trace("", day) + trace("d", day)).quality.repeated_traces == 0);
  const EventLog dropped = read(trace("c", day) + trace("d", "") + trace("e", "") + trace("e", ""));
  CHECK(dropped.case_count() == 1);
  CHECK(dropped.quality.repeated_traces == 1);
}

TEST_CASE("a document that ends too early says where in the log that is") {
  const std::string event = "<event><string key='concept:name' value='a'/></event>\n";
  const std::string trace = "<trace><string key='concept:name' value='c 1'/>\n" + event;
  struct Row {
    std::string text;
    const char* message;
  };
  const Row table[] = {
      {"<log>\n" + trace,
       "'x', line 4: not a readable XES log: the file ends in the middle of trace "
       "'c 1'; export or copy it again"},
      {"<log>\n" + trace + "</trace>\n<trace>" + event + "<eve",
       "'x', line 6: not a readable XES log: the file ends in the middle of a trace; the last "
       "whole "
       "trace is 'c 1'; export or copy it again"},
      {"<log>\n" + trace + "</trace>\n",
       "'x', line 5: not a readable XES log: the file ends in the middle; the last whole trace is "
       "'c 1'; export or copy it again"},
      {"<log>",
       "'x', line 1: not a readable XES log: the file ends in the middle; export or copy it "
       "again"},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK_THROWS_WITH_AS(read_log_text(row.text, "x"), row.message, Error);
  }
}

TEST_CASE("keys that a user names win, and must exist") {
  ReadOptions options;
  options.log.resource_column = "org:group";
  const char* body =
      "<trace><string key='concept:name' value='c'/><event><string key='concept:name' "
      "value='a'/><string "
      "key='org:resource' value='w'/><string key='org:group' value='g'/></event></trace>";
  const EventLog log = read(body, options);
  CHECK(show_events(log) == "c/a/g");
  CHECK(log.columns.resource == "org:group");
  CHECK(log.columns.case_columns == std::vector<std::string>{"case:concept:name"});
  options.log.resource_column = "org:grop";
  CHECK_THROWS_WITH_AS(read(body, options), doctest::Contains("did you mean 'org:group'"),
                       UsageError);
}

TEST_CASE("attributes of events and traces are kept when asked for") {
  ReadOptions options;
  options.attributes = {"cost", "case:channel"};
  const EventLog log = read(
      "<trace><string key='concept:name' value='c'/><event><string key='concept:name' "
      "value='a'/><int key='cost' "
      "value='5'/></event><event><string key='concept:name' value='b'/></event><string "
      "key='channel' value='电话'/>"
      "</trace><trace><string key='concept:name' value='d'/><event><string key='concept:name' "
      "value='a'/></event>"
      "</trace>",
      options);
  const AttributeColumn& cost = log.attributes[0];
  const AttributeColumn& channel = log.attributes[1];
  CHECK(cost.values[cost.number_of_event[0]] == "5");
  CHECK(cost.number_of_event[1] == StringPool::none);
  CHECK(channel.values[channel.number_of_event[0]] == "电话");
  CHECK(channel.values[channel.number_of_event[1]] == "电话");
  CHECK(channel.number_of_event[2] == StringPool::none);
}

TEST_CASE("documents that are no sound XES are refused, with a line") {
  std::string deep;
  for (int level = 0; level < 1000; ++level) deep += "<string key='k' value='v'>";
  struct Row {
    std::string text;
    const char* message;
  };
  const Row table[] = {
      {"<log><trace>", "line 1: not a readable XES log"},
      {"<log>\n<trace>\n<event></trace></log>", "line 3"},
      {"<html><body/></html>", "root element is 'html'"},
      {"<log/>", "has no events"},
      {"<log><trace/></log>", "has no events"},
      {"<!DOCTYPE log [<!ENTITY a 'x'>]><log/>", "DOCTYPE"},
      {"<log><trace><event>" + deep, "nested too deeply"},
      {"<log><trace><event><string key='concept:name' value='\xFF'/></event></trace></log>",
       "line 1"},
  };
  for (const Row& row : table) {
    CAPTURE(row.message);
    CHECK_THROWS_WITH_AS(read_log_text(row.text, "x.xes"), doctest::Contains(row.message), Error);
  }
}

TEST_CASE("a tag without end is refused before it fills the memory") {
  std::string text = "<log><trace><event><string key='concept:name' value='";
  text.append(std::size_t{40} << 20U, 'x');
  CHECK_THROWS_WITH_AS(read_log_text(text, "x.xes"), doctest::Contains("longer than 16 MiB"),
                       Error);
}

TEST_CASE("what is nested, listed or global never counts as the event's or the trace's own") {
  constexpr std::string_view name = "<string key='concept:name' value='leak'/>";
  constexpr std::string_view who = "<string key='org:resource' value='leak'/>";
  const std::string both = std::string(name) + std::string(who);
  const std::string forms[] = {
      "<string key='k' value='v'>" + both + "</string>",
      "<list key='k'>" + both + "</list>",
      "<list key='k'><values>" + both + "</values></list>",
      "<container key='k'>" + both + "</container>",
      "<list key='concept:name' value='leak'/><list key='org:resource' value='leak'/>",
      "<values key='concept:name' value='leak'/>",
      "<string key='k' value='v'><list key='l'><values>" + both + "</values></list></string>",
      "<string key='concept:name'/>",
      "<string value='leak'/>",
  };
  for (const std::string& form : forms) {
    CAPTURE(form);
    // once as the first and once as the last part of each level
    const std::string body =
        form + "<global scope='event'>" + both + form + "</global><global scope='trace'>" + both +
        "</global><trace>" + form + "<string key='concept:name' value='c'/><event>" + form +
        "<string key='concept:name' value='a'/><string key='org:resource' value='w'/>" + form +
        "</event><event><string key='concept:name' value='b'/>" + form + "</event>" + form +
        "</trace>" + form;
    const EventLog log = read(body);
    CHECK(show_events(log) == "c/a/w c/b/-");
    CHECK(log.quality.rows == 2);
    CHECK(log.quality.bad_rows == 0);
  }
}

TEST_CASE("an attribute that stands twice has the value that stands last") {
  const EventLog log = read(
      "<trace><string key='concept:name' value='x'/><string key='concept:name' "
      "value='c'/><event><string key='concept:name' value='x'/><string key='concept:name' "
      "value='a'/></event></trace>");
  CHECK(show_events(log) == "c/a");
}

TEST_CASE("events that do not stand directly in a trace are bad rows") {
  const EventLog log = read(
      "<trace><event><string key='concept:name' value='a'/>\n<event><string key='concept:name' "
      "value='b'/></event></event>\n<list key='l'><event/></list></trace>");
  CHECK(show_events(log) == "(unnamed 1)/a");
  REQUIRE(log.quality.bad_examples.size() == 2);
  CHECK(log.quality.bad_examples[0].line == 3);
  CHECK(log.quality.bad_examples[0].reason ==
        "the event stands inside of another element than a trace");
  CHECK(log.quality.bad_examples[1].line == 4);
}

TEST_CASE("an attribute of the trace wins over one of the event that is called like it") {
  ReadOptions options;
  options.attributes = {"case:k"};
  const EventLog log = read(
      "<trace><event><string key='concept:name' value='a'/><string key='case:k' "
      "value='own'/></event><event><string key='concept:name' value='a'/></event></trace>"
      "<trace><string key='k' value='trace'/><event><string key='concept:name' value='a'/><string "
      "key='case:k' value='own'/></event></trace>",
      options);
  const AttributeColumn& column = log.attributes[0];
  CHECK(column.values[column.number_of_event[0]] == "own");
  CHECK(column.number_of_event[1] == StringPool::none);
  CHECK(column.values[column.number_of_event[2]] == "trace");
}

TEST_CASE("an encoding that nobody knows is refused by its name") {
  const char* text = "<?xml version='1.0' encoding='8'?><log/>";
  CHECK_THROWS_WITH_AS(read_log_text(text, "x.xes"),
                       doctest::Contains("is in the encoding '8', which is not known here"), Error);
}

TEST_CASE("the text is UTF-8 whatever the document declares") {
  ReadOptions utf8;
  utf8.log.encoding = "utf-8";
  for (const char* encoding : {"GBK", "UTF-16", "ISO-8859-1", "unheard-of"}) {
    CAPTURE(encoding);
    const std::string text = "<?xml version='1.0' encoding='" + std::string(encoding) +
                             "'?><log><trace><event><string key='concept:name' "
                             "value='退款'/></event>%</trace></log>";
    std::string declined = text;
    declined.replace(text.find('%'), 1, "<键/>");
    CHECK(show_events(read_log_text(text, "x.xes", utf8)) == "(unnamed 1)/退款");
    CHECK(show_events(read_log_text(declined, "x.xes", utf8)) == "(unnamed 1)/退款");
  }
}

TEST_CASE("tags that are too long are refused, long text between them is not") {
  const std::string filling((std::size_t{16} << 20U) + 1000, 'x');
  const std::string end = "<trace><event><string key='concept:name' value='a'/></event></trace>";
  CHECK(read(filling + end).size() == 1);
  CHECK(read("<![CDATA[" + filling + "]]>" + end).size() == 1);
  for (const std::string& form : {"<!--" + filling + "-->", "<?x " + filling + "?>",
                                  "<string key='k' value='" + filling + "'/>"}) {
    CHECK_THROWS_WITH_AS(read("\n" + form + end), doctest::Contains("line 3"), Error);
    CHECK_THROWS_WITH_AS(read("\n" + form + end), doctest::Contains("longer than 16 MiB"), Error);
  }
}
