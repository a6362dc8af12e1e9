#include "core/render/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gemba {
namespace {

struct Rgb {
  double red, green, blue;
};
constexpr std::array<Rgb, 4> fill_stops = {
    {{0xEE, 0xF6, 0xF1}, {0xFF, 0xF3, 0xC4}, {0xFF, 0xD2, 0x9B}, {0xF9, 0xA8, 0xA0}}};
constexpr std::array<const char*, 4> border_stops = {"#7FB69A", "#D9B44A", "#E08E3C", "#D3564A"};

std::optional<double> figure_of(const StepProfile& step, HeatMetric metric) {
  if (metric == HeatMetric::count) {
    if (step.cases == 0) return std::nullopt;
    return static_cast<double>(step.cases);
  }
  const Summary& times = step.sojourn.count > 0 ? step.sojourn : step.service;
  if (times.count == 0) return std::nullopt;
  if (metric == HeatMetric::mean) return times.mean;
  return metric == HeatMetric::p90 ? times.p90 : times.median;
}

std::string with_thousands(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
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

std::vector<std::optional<HeatFigure>> heat_figures(const Profile& profile, HeatMetric metric) {
  std::vector<std::optional<HeatFigure>> figures(profile.steps.size());
  double low = 0;
  double high = 0;
  // A scale by logarithm: two minutes and two weeks stand on one chart. A second is the least that
  // counts.
  const auto scale = [](double value) { return std::log(std::max(value, 1.0)); };
  bool any = false;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::optional<double> value = figure_of(profile.steps[i], metric);
    if (!value) continue;
    figures[i] = HeatFigure{*value, 0};
    low = any ? std::min(low, scale(*value)) : scale(*value);
    high = any ? std::max(high, scale(*value)) : scale(*value);
    any = true;
  }
  for (std::optional<HeatFigure>& figure : figures) {
    if (figure && high > low) figure->heat = (scale(figure->value) - low) / (high - low);
  }
  return figures;
}

std::string heat_text(double value, HeatMetric metric, bool chinese) {
  if (metric != HeatMetric::count) return humane_seconds(value);
  return with_thousands(value) + (chinese ? " 件" : " cases");
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
  static constexpr std::array<const char*, 4> chinese_titles = {
      "停留时间(中位数)", "停留时间(平均)", "停留时间(P90)", "案件数"};
  static constexpr std::array<const char*, 4> english_titles = {
      "sojourn time (median)", "sojourn time (mean)", "sojourn time (p90)", "cases"};
  const auto index = static_cast<std::size_t>(metric);
  return Legend{chinese ? chinese_titles[index] : english_titles[index],
                heat_text(*low, metric, chinese), heat_text(*high, metric, chinese)};
}

}  // namespace gemba
