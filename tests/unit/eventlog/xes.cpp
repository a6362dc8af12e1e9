#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/eventlog/event_log.h"
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
