#include "core/eventlog/formats/xes/xes_classifier.h"

#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"

using namespace gemba;

namespace {

EventLog read_as(std::string_view classifiers, std::string activity) {
  ReadOptions options;
  options.log.activity_column = std::move(activity);
  return read_log_text(
      "<log>" + std::string(classifiers) +
          "<trace><event><string key='concept:name' value='a'/><string key='lifecycle:transition' "
          "value='start'/><string key='the place' value='p'/></event><event><string "
          "key='lifecycle:transition' value='complete'/></event><event><string key='x' "
          "value='y'/></event></trace></log>",
      "x.xes", options);
}

std::string activities(const EventLog& log) {
  std::string shown;
  for (std::size_t row = 0; row < log.size(); ++row) {
    shown += (row > 0 ? " " : "") + std::string(log.name(log.activity[row]));
  }
  return shown;
}

}  // namespace

TEST_CASE("the keys of a classifier") {
  using Keys = std::vector<std::string>;
  struct Row {
    const char* list;
    Keys keys;
  };
  const Row table[] = {
      {"", {}},
      {"concept:name", {"concept:name"}},
      {" concept:name  lifecycle:transition ", {"concept:name", "lifecycle:transition"}},
      {"'the place' k", {"the place", "k"}},
      {"k 'the place'", {"k", "the place"}},
      {"'a''b c'", {"a", "b c"}},
      {"'' a", {"a"}},
      {"it's 'open", {"it's", "'open"}},
  };
  for (const Row& row : table) {
    CAPTURE(row.list);
    CHECK(classifier_keys(row.list) == row.keys);
  }
}

TEST_CASE("a classifier that the user names makes the activities") {
  constexpr std::string_view both =
      "<classifier name='Activity classifier' keys='concept:name lifecycle:transition'/>"
      "<classifier name='Place' scope='event' keys=\"'the place'\"/>";
  const EventLog log = read_as(both, "Activity classifier");
  CHECK(activities(log) == "a+start +complete");
  CHECK(log.columns.activity == "Activity classifier");
  REQUIRE(log.quality.bad_examples.size() == 1);
  CHECK(log.quality.bad_examples[0].reason == "it names no activity");
  CHECK(activities(read_as(both, "Place")) == "p");
  CHECK(activities(read_as(both, "concept:name")) == "a");
  CHECK(activities(read_as(both, "")) == "a");
}

TEST_CASE("classifiers that cannot be used are told") {
  struct Row {
    const char* classifiers;
    const char* message;
  };
  constexpr Row table[] = {
      {"<classifier name='Steps' keys='concept:name'/>", "did you mean 'Steps'"},
      {"<classifier name='Step' keys='concept:name missing'/>",
       "the attribute 'missing' of the classifier 'Step'"},
      {"<classifier name='Step' keys=''/>", "no classifier is called so"},
      {"<classifier scope='trace' name='Step' keys='concept:name'/>", "no classifier is called so"},
      {"", "no event of 'x.xes' has an attribute 'Step'"},
      {"", "its attributes are 'concept:name', "},
      {"", "and it declares no classifiers"},
      {"<classifier name='Foo' keys='a'/><classifier name='Bar' keys='b'/>",
       ", its classifiers 'Foo', 'Bar'"},
  };
  for (const Row& row : table) {
    CAPTURE(row.classifiers);
    CHECK_THROWS_WITH_AS(read_as(row.classifiers, "Step"), doctest::Contains(row.message),
                         UsageError);
  }
}
