#include <doctest/doctest.h>

#include <fmt/format.h>

#include <random>

#include "core/base/error.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/query/log_statistics.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

/// Everything that reading a log gives, as a text.
std::string everything(const EventLog& log) {
  std::string shown = show_events(log);
  const LogQuality& quality = log.quality;
  shown += fmt::format("|{} {} {} {} {} {} {} {}", quality.rows, quality.bad_rows,
                       quality.missing_resources, quality.times_with_offset,
                       quality.times_without_offset, quality.steps_back, quality.cases_out_of_order,
                       static_cast<int>(log.date_order));
  for (const BadRow& row : quality.bad_examples)
    shown += fmt::format("|{} {}", row.line, row.reason);
  for (const AttributeColumn& column : log.attributes) {
    for (const std::uint32_t number : column.number_of_event)
      shown += fmt::format(",{}", number == StringPool::none ? "-" : column.values[number]);
  }
  return shown;
}

std::string outcome(const std::string& text, std::size_t threads, const ReadOptions& base = {}) {
  ReadOptions options = base;
  options.threads = threads;
  try {
    return everything(read_log_text(text, "x.csv", options));
  } catch (const Error& error) {
    return error.what();
  }
}

/// Apart from the checks, so that a failing one does not print megabytes.
bool same(const std::string& a, const std::string& b) { return a == b; }
bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

/// A log that is long enough for four parts; `row` gives each row.
template <class Row>
std::string long_log(const Row& row) {
  std::string text = "case,activity,time,resource,note\n";
  for (int number = 0; text.size() < (std::size_t{8} << 20U); ++number) text += row(number);
  return text;
}

std::string plain_row(int number) {
  return fmt::format("c{},step {} of the work,2026-01-{:02}T{:02}:{:02}:00Z,u{},n{}\n",
                     number % 997, number * 7 % 13, 1 + number / 20000, number / 60 % 24,
                     number % 60, number % 5, number % 3);
}

}  // namespace

TEST_CASE("a log is the same whatever the number of threads that read it") {
  ReadOptions with_note;
  with_note.attributes = {"note"};
  const std::string plain = long_log(plain_row);
  CHECK(same(outcome(plain, 1, with_note), outcome(plain, 2, with_note)));
  CHECK(same(outcome(plain, 1), outcome(plain, 3)));

  // Bad rows keep their lines and their order; names that only they have are not kept.
  const std::string faulty = long_log([](int number) {
    if (number % 5000 == 4999) return std::string("c,odd,no time,u,n\n");
    if (number % 7000 == 6999) return std::string("too,short\n\n");
    return plain_row(number);
  });
  CHECK(same(outcome(faulty, 1), outcome(faulty, 2)));
  CHECK_FALSE(contains(outcome(faulty, 1), "5000 'no time' is not a timestamp"));
  CHECK(contains(outcome(faulty, 1), "5001 'no time' is not a timestamp"));
}

TEST_CASE("a log that is grouped by case is the same in parts") {
  ReadOptions with_note;
  with_note.attributes = {"note"};
  // Cases of 10 rows, one of 60,000 that a cut goes through; resources only late, times at random.
  std::mt19937 random(7);
  const auto grouped = [&](int number) {
    const int of_case = number < 60'000 || number > 120'000 ? number / 10 : 6000;
    const char* resource = number > 150'000 ? "u" : "";
    return fmt::format("c{},step {},2026-01-{:02}T00:00:00Z,{},n{}\n", of_case, number % 13,
                       1 + random() % 28, resource, number % 3);
  };
  const std::string text = long_log(grouped);
  for (const std::size_t threads : {2, 3, 4})
    CHECK(same(outcome(text, 1, with_note), outcome(text, threads, with_note)));

  // The first case comes back in the last row: nothing may stay where it is.
  const std::string torn = text + "c0,back,2026-01-31T00:00:00Z,w,n\n";
  CHECK(same(outcome(torn, 1, with_note), outcome(torn, 2, with_note)));
  CHECK(contains(outcome(torn, 2), "c0/back"));
}

TEST_CASE("a cut within quotes is noticed") {
  // Quoted fields full of line ends that look like rows: a reader that begins within one is wrong.
  const std::string quoted = long_log([](int number) {
    return fmt::format("c{},a,2026-01-05,u,\"x\nc{},b,2026-01-06,v,y\nz \"\"q\"\"\"\n", number % 50,
                       number);
  });
  CHECK(same(outcome(quoted, 1), outcome(quoted, 2)));
  CHECK(same(outcome(quoted, 1), outcome(quoted, 4)));

  // One quote that is closed far behind every cut.
  std::string one = long_log(plain_row);
  one.insert(one.find('\n', 100) + 1, "c1,a,2026-01-05T00:00:00Z,u,\"");
  one += "\",x\n" + plain_row(3);
  CHECK(same(outcome(one, 1), outcome(one, 2)));

  // A quote that is never closed has the same message.
  std::string open = long_log(plain_row);
  open += "c1,a,2026-01-05T00:00:00Z,u,\"open\n";
  CHECK(same(outcome(open, 1), outcome(open, 2)));
  CHECK(contains(outcome(open, 2), "never closed"));
}

TEST_CASE("the order of day and month is decided for the whole file") {
  const auto dated = [](int number, const std::string& decisive, int where) {
    if (number == where) return "c1,a," + decisive + " 10:00,u,n\n";
    return fmt::format("c{},a,{}/{}/2026 09:{:02},u,n\n", number % 97, 1 + number % 12,
                       1 + number % 11, number % 60);
  };
  for (const int where : {1, 60'000, 200'000}) {
    for (const std::string decisive : {"13/2/2026", "2/13/2026"}) {
      CAPTURE(where);
      CAPTURE(decisive);
      const std::string text = long_log([&](int number) { return dated(number, decisive, where); });
      const std::string alone = outcome(text, 1);
      CHECK(same(alone, outcome(text, 2)));
      CHECK(
          contains(alone, decisive[0] == '1' ? "c1/a/2026-02-13T10:00" : "c1/a/2026-02-13T10:00"));
    }
  }
  // What contradicts the first decision is a bad row, also where another thread met it first.
  const std::string torn = long_log([&](int number) {
    if (number == 100) return std::string("c1,a,13/2/2026 10:00,u,n\n");
    return dated(number, "2/13/2026", 200'000);
  });
  CHECK(same(outcome(torn, 1), outcome(torn, 2)));
  CHECK(contains(outcome(torn, 1), "'2/13/2026 10:00' is not a timestamp (day first)"));
  // Where nothing decides, the log cannot be read.
  const std::string open = long_log([&](int number) { return dated(number, "", -1); });
  CHECK(same(outcome(open, 1), outcome(open, 2)));
  CHECK_FALSE(contains(outcome(open, 1), "line 2: '1/1/2026"));
  CHECK(contains(outcome(open, 1), "--time-format day-first"));
}

TEST_CASE("dates that decide late change the dates before them") {
  const auto times = [](const char* rows, const char* format = "") {
    ReadOptions options;
    options.log.time_format = format;
    return show_events(
        read_log_text(std::string("case,activity,start,end\n") + rows, "x.csv", options));
  };
  CHECK(times("c,a,1/2/2026,3/2/2026\nc,b,3/2/2026,13/2/2026\n") ==
        "c/a/2026-02-03T00:00:00Z c/b/2026-02-13T00:00:00Z");
  CHECK(times("c,a,1/2/2026,3/2/2026\nc,b,3/2/2026,2/13/2026\n") ==
        "c/b/2026-02-13T00:00:00Z c/a/2026-03-02T00:00:00Z");
  CHECK(times("c,a,1/2/2026,3/2/2026\n", "day-first") == "c/a/2026-02-03T00:00:00Z");
  CHECK(times("c,a,1/2/2026,3/2/2026\n", "month-first") == "c/a/2026-03-02T00:00:00Z");
  CHECK(times("c,a,5/5/2026,6/6/2026\n") == "c/a/2026-06-06T00:00:00Z");
}

TEST_CASE("rows are the same whatever the size of the buffer") {
  std::mt19937 random(11);
  const std::string letters = "a,\n\"\r;é";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t size = random() % 60; text.size() < size;)
      text += letters[random() % letters.size()];
    const auto rows = [&](std::size_t buffer, FindMarks find) {
      ByteStream stream = ByteStream::of_text(text, "x.csv");
      CsvRows reader(stream, {}, {.find_marks = find, .buffer_size = buffer});
      std::string shown;
      try {
        while (reader.next()) {
          shown += fmt::format("{}:", reader.line());
          for (const std::string_view field : reader.fields()) shown += fmt::format("[{}]", field);
        }
      } catch (const Error& error) {
        shown += error.what();
      }
      return shown;
    };
    const std::string whole = rows(1000, find_marks_portable);
    for (const std::size_t buffer : {1, 2, 3, 7, 64})
      REQUIRE(rows(buffer, best_find_marks()) == whole);
  }
}

TEST_CASE("statistics do not depend on the number of threads") {
  const EventLog log = read_log_text(long_log(plain_row), "x.csv");
  const auto figures = [&](std::size_t threads) {
    const LogStatistics found = statistics_of(log, {.threads = threads});
    std::string shown = fmt::format("{} {} {} {} {} {}", found.cases, found.events, found.variants,
                                    found.resources, found.equal_times, found.duplicates);
    for (const ActivityStatistics& each : found.activities)
      shown +=
          fmt::format("|{} {} {} {} {} {} {}", log.name(each.activity), each.events, each.cases,
                      each.starts, each.rework_cases, each.sojourn.p95, *each.sojourn.stdev);
    for (const EdgeStatistics& each : found.edges)
      shown += fmt::format("|{} {} {} {}", log.name(each.source), log.name(each.target), each.count,
                           each.seconds.mean);
    for (const Handover& each : found.handovers)
      shown += fmt::format("|{} {} {}", log.name(each.from), log.name(each.to), each.count);
    for (const Variant& each : found.top_variants) {
      shown += fmt::format("|{}:", each.cases);
      for (const ActivityId id : each.activities) shown += log.name(id);
    }
    return shown;
  };
  CHECK(figures(1) == figures(2));
  CHECK(figures(1) == figures(7));
}
