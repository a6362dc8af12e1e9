// Costs on nets that were read are those of an exhaustive search on the same net.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/eventlog/read_log.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/conform/conformance.h"
#include "core/replay/conform/process_net.h"
#include "tests/unit/interchange/pnml_text.h"
#include "tests/unit/interchange/reading.h"
#include "tests/unit/replay/cost_by_force.h"
#include "tests/unit/replay/random_net.h"

namespace gemba {
namespace {

using test::arcs;
using test::pnml;
using test::transition;

constexpr std::uint32_t silent = LabelledNet::silent;
using Labels = std::vector<std::uint32_t>;

std::string weighted_arcs(const std::vector<std::uint32_t>& side, const std::string& transition_id,
                          bool in) {
  std::map<std::uint32_t, int> weights;
  for (const std::uint32_t place : side) ++weights[place];
  std::string text;
  for (const auto& [place, weight] : weights) {
    const std::string id = "p" + std::to_string(place);
    text += "<arc source='" + (in ? id : transition_id) + "' target='" + (in ? transition_id : id) +
            "'>";
    if (weight > 1) {
      text += "<inscription><text>" + std::to_string(weight) + "</text></inscription>";
    }
    text += "</arc>\n";
  }
  return text;
}

/// Writes a net; labels are called A, B, C … The ids of transitions are names of others, to
/// mislead.
std::string write(const LabelledNet& net) {
  std::string text = "<pnml><net id='n'>\n";
  const auto id_of = [](std::size_t i) {
    return std::string(1, static_cast<char>('D' - i % 4)) + std::string(i / 4, '\'');
  };
  const auto escaped = [&](std::size_t i) {
    std::string id;
    for (const char c : id_of(i)) id += c == '\'' ? std::string("&apos;") : std::string(1, c);
    return id;
  };
  for (std::size_t i = 0; i < net.transitions.size(); ++i) {
    const auto& each = net.transitions[i];
    text += transition(escaped(i), each.label == silent
                                       ? std::string()
                                       : std::string(1, static_cast<char>('A' + each.label)));
    text += weighted_arcs(each.pre, escaped(i), true) + weighted_arcs(each.post, escaped(i), false);
  }
  for (std::uint32_t i = 0; i < net.places; ++i) {
    text += "<place id='p" + std::to_string(i) + "'>";
    if (i == 0) text += "<initialMarking><text>1</text></initialMarking>";
    text += "</place>";
  }
  return text +
         "<finalmarkings><marking><place idref='p1'><text>1</text></place></marking>"
         "</finalmarkings></net></pnml>";
}

/// One case of the labels; those that are unknown to the net are called X.
EventLog log_of(const Labels& trace) {
  std::string csv = "case,activity,timestamp\n";
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const char name = trace[i] == silent ? 'X' : static_cast<char>('A' + trace[i]);
    csv += std::string("1,") + name + ",2026-01-01 0" + std::to_string(i) + ":00:00\n";
  }
  return read_log_text(csv, "log.csv");
}

}  // namespace

TEST_CASE("costs on a net that was read are those of an exhaustive search") {
  std::mt19937 random(7);
  int tried = 0;
  while (tried < 150) {
    const LabelledNet net = test::random_net(random);
    if (test::cost_by_force(net, {}, 150) == std::optional<std::int64_t>(-1)) continue;
    const test::ModelRead read = test::read_model_text(write(net));
    REQUIRE_MESSAGE(read.model, test::faults_of(read));
    Labels trace(1 + test::pick(random, 7));
    for (auto& label : trace) label = test::pick(random, 8) == 0 ? silent : test::pick(random, 4);
    const auto expected = test::cost_by_force(net, trace, 1500);
    if (expected == std::optional<std::int64_t>(-1)) continue;
    const ConformanceOptions options{.net = &*read.model->net};
    const auto found =
        check_conformance(read.model->process, log_of(trace), LifecycleMode::automatic, options);
    REQUIRE(found.has_value() == expected.has_value());
    ++tried;
    if (!found) continue;
    REQUIRE(found->variants.size() == 1);
    CHECK(found->variants.front().exact);
    CHECK(found->variants.front().cost == *expected);
  }
}

namespace {

/// Writes nested blocks between two places: sequences, choices, steps side by side, loops.
class BlockWriter {
 public:
  explicit BlockWriter(std::mt19937& random) : random_(random) {}

  std::string net() {
    block("i", "o", 4);
    return pnml("<place id='i'/><place id='o'/>" + text_);
  }

 private:
  std::string new_place() {
    const std::string id = "p" + std::to_string(count_++);
    text_ += "<place id='" + id + "'/>";
    return id;
  }

  std::string add(const std::string& name) {
    const std::string id = "t" + std::to_string(count_++);
    text_ += transition(id, name);
    return id;
  }

  void block(const std::string& from, const std::string& to, int depth) {
    const std::uint32_t what = depth == 0 ? test::pick(random_, 2) : test::pick(random_, 7);
    if (what < 2) {
      const std::string name = test::pick(random_, 4) == 0 ? "" : "L" + std::to_string(labels_++);
      text_ += arcs(from + " " + add(name) + " " + to);
    } else if (what < 4) {
      const std::string between = new_place();
      block(from, between, depth - 1);
      block(between, to, depth - 1);
    } else if (what == 4) {
      block(from, to, depth - 1);
      block(from, to, depth - 1);
    } else if (what == 5) {
      const std::string fork =
          add(test::pick(random_, 2) == 0 ? "" : "L" + std::to_string(labels_++));
      const std::string join = add("");
      text_ += arcs(from + " " + fork) + arcs(join + " " + to);
      for (int i = 0; i < 2; ++i) {
        const std::string begin = new_place();
        const std::string end = new_place();
        text_ += arcs(fork + " " + begin) + arcs(end + " " + join);
        block(begin, end, depth - 1);
      }
    } else {
      const std::string begin = new_place();
      const std::string end = new_place();
      text_ += arcs(from + " " + add("") + " " + begin) + arcs(end + " " + add("") + " " + to);
      block(begin, end, depth - 1);
      block(end, begin, depth - 1);
    }
  }

  std::mt19937& random_;
  std::string text_;
  int count_ = 0;
  int labels_ = 0;
};

}  // namespace

TEST_CASE("the process of a net of blocks costs what the net costs") {
  std::mt19937 random(11);
  for (int i = 0; i < 60; ++i) {
    const test::ModelRead read = test::read_model_text(BlockWriter(random).net());
    REQUIRE_MESSAGE(read.model, test::faults_of(read));
    const Process& process = read.model->process;
    std::vector<bool> visible;
    Labels labels;
    for (std::size_t step = 0; step < process.steps.size(); ++step) {
      visible.push_back(shows_in_logs(process.steps[step]));
      if (visible.back()) labels.push_back(static_cast<std::uint32_t>(step));
    }
    Aligner by_process(labelled_net(workflow_net(process, FlowGraph(process)), visible));
    Aligner by_net(*read.model->net);
    for (int k = 0; k < 10; ++k) {
      Labels trace(test::pick(random, 9));
      for (auto& label : trace) {
        label = labels.empty()
                    ? silent
                    : labels[test::pick(random, static_cast<std::uint32_t>(labels.size()))];
      }
      const auto one = by_process.align(trace);
      const auto other = by_net.align(trace);
      REQUIRE(one.has_value());
      REQUIRE(other.has_value());
      CHECK(one->cost == other->cost);
    }
  }
}

}  // namespace gemba
