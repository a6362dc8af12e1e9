#include <doctest/doctest.h>

#include <set>

#include "core/base/error.h"
#include "core/render/overlays.h"
#include "core/render/picture.h"
#include "samples.h"

using namespace gemba;

namespace {

std::string drawn(const Picture& picture, const Process& process) {
  ChartOptions options;
  options.direction = picture.direction;
  const Chart chart = make_chart(process, options);
  return picture.draw({process, chart, 40, nullptr});
}

}  // namespace

TEST_CASE("every picture is found by its name and by its ending") {
  std::set<std::string_view> names, endings;
  for (const Picture* picture : all_pictures()) {
    INFO(picture->name);
    CHECK(find_picture(picture->name) == picture);
    CHECK(picture_of_ending(picture->ending) == picture);
    CHECK(picture->ending.starts_with('.'));
    CHECK_FALSE(picture->title.empty());
    CHECK_FALSE(picture->summary.empty());
    CHECK(names.insert(picture->name).second);
    CHECK(endings.insert(picture->ending).second);
  }
  CHECK(names.size() >= 6);
  CHECK(find_picture("jpeg") == nullptr);
  CHECK(find_picture(".svg") == nullptr);
  CHECK(picture_of_ending(".jpeg") == nullptr);
  CHECK(picture_of_ending("") == nullptr);
}

TEST_CASE("every picture draws, and the same chart gives the same bytes") {
  for (const Picture* picture : all_pictures()) {
    INFO(picture->name);
    for (const Process& process : {samples::tiny(), samples::rarities(), samples::hostile()}) {
      const std::string bytes = drawn(*picture, process);
      CHECK(bytes.size() > 100);
      CHECK(bytes == drawn(*picture, process));
    }
  }
}

TEST_CASE("what is no text for a terminal says so") {
  for (const Picture* picture : all_pictures()) {
    INFO(picture->name);
    const std::string bytes = drawn(*picture, samples::tiny());
    CHECK((bytes.find('\0') != std::string::npos) == picture->is_binary);
  }
}

TEST_CASE("stages of drawing are noted where somebody wants them") {
  const Process process = samples::tiny();
  const Chart chart = make_chart(process);
  Timings timings;
  pictures::svg.draw({process, chart, 40, &timings});
  REQUIRE(timings.stages().size() == 2);
  CHECK(timings.stages()[0].name == "lay out");
  CHECK(timings.stages()[1].name == "draw");
}

TEST_CASE("overlays that a picture cannot show, or not together, are refused") {
  const WantedOverlays heat{.heat = true};
  const WantedOverlays changes{.changes = true};
  CHECK_NOTHROW(check_overlays({}, pictures::bpmn, 7));
  CHECK_NOTHROW(check_overlays(heat, pictures::bpmn, 1));
  CHECK_NOTHROW(check_overlays(changes, pictures::mermaid, 1));
  CHECK_THROWS_AS(check_overlays(heat, pictures::svg, 2), UsageError);
  CHECK_THROWS_AS(check_overlays(changes, pictures::svg, 2), UsageError);
  CHECK_THROWS_AS(check_overlays({.deviations = true}, pictures::svg, 1), UsageError);
  CHECK_THROWS_AS(check_overlays({.heat = true, .changes = true}, pictures::svg, 1), UsageError);
  CHECK_THROWS_WITH_AS(check_overlays(changes, pictures::bpmn, 1),
                       "--diff shows two versions, of which BPMN holds one; take another --format",
                       UsageError);
}

TEST_CASE("a chart shows the overlays it is given") {
  const Process process = samples::tiny();
  const CheckedProcess checked{process, {}};
  CHECK(overlaid_chart(process, {}, {}).legends.empty());
  CHECK(overlaid_chart(process, {.checked = &checked}, {}).legends.size() == 1);
  CHECK_FALSE(overlaid_chart(process, {}, {}).compares);
  CHECK(overlaid_chart(process, {.earlier = &process}, {}).compares);
}
