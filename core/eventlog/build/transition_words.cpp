#include "core/eventlog/build/transition_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace gemba::inline eventlog {
namespace {

// Those of the standard first: most logs have no others.
constexpr std::pair<std::string_view, Transition> words[] = {
    {"complete", Transition::complete},  {"start", Transition::start},
    {"schedule", Transition::schedule},  {"assign", Transition::assign},
    {"suspend", Transition::suspend},    {"resume", Transition::resume},
    {"completed", Transition::complete}, {"completion", Transition::complete},
    {"end", Transition::complete},       {"ended", Transition::complete},
    {"finish", Transition::complete},    {"finished", Transition::complete},
    {"done", Transition::complete},      {"stop", Transition::complete},
    {"stopped", Transition::complete},   {"完成", Transition::complete},
    {"已完成", Transition::complete},    {"结束", Transition::complete},
    {"已结束", Transition::complete},    {"完结", Transition::complete},
    {"結束", Transition::complete},      {"started", Transition::start},
    {"begin", Transition::start},        {"began", Transition::start},
    {"开始", Transition::start},         {"已开始", Transition::start},
    {"启动", Transition::start},         {"開始", Transition::start},
    {"scheduled", Transition::schedule}, {"计划", Transition::schedule},
    {"排期", Transition::schedule},      {"assigned", Transition::assign},
    {"reassign", Transition::assign},    {"reassigned", Transition::assign},
    {"分配", Transition::assign},        {"已分配", Transition::assign},
    {"指派", Transition::assign},        {"派单", Transition::assign},
    {"suspended", Transition::suspend},  {"pause", Transition::suspend},
    {"paused", Transition::suspend},     {"挂起", Transition::suspend},
    {"暂停", Transition::suspend},       {"resumed", Transition::resume},
    {"恢复", Transition::resume},        {"继续", Transition::resume}};

/// The transitions of the standard (XES 2.0, section 7.2) that are no part of an execution.
constexpr std::array<std::string_view, 8> standard_others = {
    "ate_abort", "autoskip", "manualskip", "pi_abort", "withdraw", "unknown", "abort", "cancel"};

}  // namespace

MeantTransition meant_transition(std::string_view word) {
  if (word.empty()) return {};
  const auto find = [](std::string_view text) {
    return std::find_if(std::begin(words), std::end(words),
                        [&](const auto& each) { return each.first == text; });
  };
  const auto* found = find(word);
  if (found != std::end(words)) return {found->second, true};
  const std::string lower = ascii_lower(word);
  found = find(lower);
  if (found != std::end(words)) return {found->second, true};
  const bool standard =
      std::find(standard_others.begin(), standard_others.end(), lower) != standard_others.end();
  return {Transition::other, standard};
}

}  // namespace gemba::inline eventlog
