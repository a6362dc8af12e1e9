#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cmd/bind/arguments.h"
#include "core/model/config.h"
#include "core/render/chart/chart.h"
#include "core/render/picture.h"

namespace gemba::inline cmd {

/// What a chart is to look like, as the command line says it.
struct LookOptions {
  std::string format, direction, lanes = "role", metric = "median";
  std::vector<std::string> lane_order;
  std::vector<std::string> show = {"sla"};
  int dpi = 110;
};

/// Names or endings of the pictures for which something holds.
std::vector<std::string> picture_words(
    std::string_view Picture::*part,
    bool (*holds)(const Picture&) = [](const Picture&) { return true; });

/// Adds `--format`.
void bind_format(Arguments& arguments, LookOptions& options);

/// Adds `--direction`, `--lanes`, `--lane-order`, `--show` and `--dpi`.
void bind_look(Arguments& arguments, LookOptions& options);

/// Adds `--metric`.
void bind_metric(Arguments& arguments, LookOptions& options);

/// The picture asked for, or the one that the output's name ends in; the usual one without either.
/// Throws `UsageError` for a file of another ending.
const Picture& picture_of(const LookOptions& options, const std::string& output);

/// How to prepare a process for the picture.
ChartOptions chart_options(const LookOptions& options, const Picture& picture,
                           const Config& config);

}  // namespace gemba::inline cmd
