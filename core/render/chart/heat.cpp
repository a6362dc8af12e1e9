#include "core/render/chart/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/model/labour_cost.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"

namespace gemba::inline render {
namespace {

struct Rgb {
  double red, green, blue;
};
constexpr std::array<Rgb, 4> fill_stops = {
    {{0xEE, 0xF6, 0xF1}, {0xFF, 0xF3, 0xC4}, {0xFF, 0xD2, 0x9B}, {0xF9, 0xA8, 0xA0}}};
constexpr std::array<const char*, 6> border_stops = {"#7FB69A", "#D9B44A", "#E08E3C", "#D3564A"};

std::optional<double> cost_of(const Process& process, const Profile& profile, std::size_t step) {
  const Summary& service = profile.steps[step].service;
  const std::optional<double> cost = labour_cost(process, StepId(step), service.sum);
  if (!cost || service.count == 0 || profile.cases == 0) return std::nullopt;
  return *cost / static_cast<double>(profile.cases);
}

std::optional<double> time_of(const StepProfile& step, HeatMetric metric) {
  if (metric == HeatMetric::waiting) {
    if (step.waiting.count == 0) return std::nullopt;
    return step.waiting.median;
  }
  const Summary& times = step.sojourn.count > 0 ? step.sojourn : step.service;
  if (times.count == 0) return std::nullopt;
  if (metric == HeatMetric::mean) return times.mean;
  return metric == HeatMetric::p90 ? times.p90 : times.median;
}

std::optional<double> figure_of(const Process& process, const Profile& profile, std::size_t step,
                                HeatMetric metric) {
  if (metric == HeatMetric::cost) return cost_of(process, profile, step);
  if (metric != HeatMetric::count) return time_of(profile.steps[step], metric);
  if (profile.steps[step].cases == 0) return std::nullopt;
  return static_cast<double>(profile.steps[step].cases);
}

/// A scale by logarithm: two minutes and two weeks stand on one chart. A second, a cent or a case
/// is the least that counts.
double on_scale(double value, HeatMetric metric) {
  return std::log(std::max(value, metric == HeatMetric::cost ? 0.01 : 1.0));
}

}  // namespace

HeatColour heat_colour(double heat) {
  const double place = std::clamp(heat, 0.0, 1.0) * 3;
  const auto stop = std::min<std::size_t>(2, static_cast<std::size_t>(place));
  const double part = place - static_cast<double>(stop);
  const auto mix = [&](double a, double b) {
    return static_cast<int>(std::lround(a + (b - a) * part));
  };
  const Rgb& a = fill_stops[stop];
  const Rgb& b = fill_stops[stop + 1];
  return {fmt::format("#{:02X}{:02X}{:02X}", mix(a.red, b.red), mix(a.green, b.green),
                      mix(a.blue, b.blue)),
          border_stops[static_cast<std::size_t>(std::lround(place))]};
}

void require_figures(const Process& process, const Profile& profile, HeatMetric metric) {
  if (metric != HeatMetric::waiting && metric != HeatMetric::cost) return;
  const char* word = metric == HeatMetric::waiting ? "waiting" : "cost";
  if (!profile.interval) {
    throw UsageError(
        fmt::format("--metric {} needs start times, and the log has none: only the sojourn time is "
                    "known (median, mean, p90); name their column with --start",
                    word));
  }
  if (metric == HeatMetric::waiting) return;
  const bool has_rate = std::any_of(process.steps.begin(), process.steps.end(), [&](const Step& s) {
    return s.role && process.definitions[*s.role].cost_per_hour;
  });
  if (has_rate) return;
  throw UsageError(
      fmt::format("--metric cost needs a rate, and no role that does a step of '{}' has one; give "
                  "the roles a 'cost_per_hour'",
                  process.id));
}

std::vector<std::optional<HeatFigure>> heat_figures(const Process& process, const Profile& profile,
                                                    HeatMetric metric) {
  std::vector<std::optional<HeatFigure>> figures(profile.steps.size());
  double low = 0;
  double high = 0;
  bool any = false;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::optional<double> value = figure_of(process, profile, i, metric);
    if (!value) continue;
    figures[i] = HeatFigure{*value, 0};
    const double place = on_scale(*value, metric);
    low = any ? std::min(low, place) : place;
    high = any ? std::max(high, place) : place;
    any = true;
  }
  for (std::optional<HeatFigure>& figure : figures) {
    if (figure && high > low) figure->heat = (on_scale(figure->value, metric) - low) / (high - low);
  }
  return figures;
}

std::string heat_text(double value, HeatMetric metric, bool chinese) {
  if (metric == HeatMetric::cost) return fmt::format("{:.2f}", value);
  if (metric != HeatMetric::count) return humane_seconds(value);
  return readable_number(value) + (chinese ? " 件" : " cases");
}

std::optional<Legend> heat_legend(const std::vector<std::optional<HeatFigure>>& figures,
                                  HeatMetric metric, bool chinese) {
  std::optional<double> low;
  std::optional<double> high;
  for (const std::optional<HeatFigure>& figure : figures) {
    if (!figure) continue;
    low = low ? std::min(*low, figure->value) : figure->value;
    high = high ? std::max(*high, figure->value) : figure->value;
  }
  if (!low) return std::nullopt;
  static constexpr std::array<const char*, 6> chinese_titles = {
      "停留时间(中位数)", "停留时间(平均)", "停留时间(P90)",
      "等待时间(中位数)", "成本(每件)",     "案件数"};
  static constexpr std::array<const char*, 6> english_titles = {
      "sojourn time (median)", "sojourn time (mean)", "sojourn time (p90)",
      "waiting time (median)", "cost per case",       "cases"};
  const auto index = static_cast<std::size_t>(metric);
  const LegendScale scale{heat_text(*low, metric, chinese), heat_text(*high, metric, chinese)};
  return Legend{chinese ? chinese_titles[index] : english_titles[index], scale, {}};
}

}  // namespace gemba::inline render
