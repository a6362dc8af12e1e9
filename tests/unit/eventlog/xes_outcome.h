#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/eventlog/formats/xes/xes.h"
#include "core/eventlog/read_log.h"

namespace gemba {

/// Everything that a log holds, as text.
inline std::string whole_log(const EventLog& log) {
  std::string shown;
  const auto add = [&](std::string_view what, const auto&... values) {
    shown += what;
    ((shown += fmt::format(" {}", values)), ...);
    shown += '\n';
  };
  const auto pool = [&](std::string_view what, const auto& texts) {
    for (std::uint32_t number = 0; number < texts.size(); ++number) add(what, texts[number]);
  };
  const auto column = [&](std::string_view what, const auto& values) {
    shown += what;
    for (const auto& value : values) {
      if constexpr (requires { value.value; }) {
        shown += fmt::format(" {}", value.value);
      } else {
        shown += fmt::format(" {}", static_cast<std::int64_t>(value));
      }
    }
    shown += '\n';
  };
  const ColumnMapping& columns = log.columns;
  for (const std::string& each : columns.case_columns) add("case column", each);
  add("columns", columns.activity, columns.timestamp, columns.start, columns.resource,
      columns.lifecycle, columns.instance);
  for (const std::string& each : log.available) add("available", each);
  pool("case", log.cases);
  pool("activity", log.activities);
  pool("resource", log.resources);
  pool("instance", log.instance_names);
  column("cases", log.first);
  column("activities", log.activity);
  column("times", log.time);
  column("starts", log.start);
  column("resources", log.resource);
  column("transitions", log.transition);
  column("instances", log.instance);
  for (const AttributeColumn& each : log.attributes) {
    pool(each.name, each.values);
    column(each.name, each.number_of_event);
  }
  const LogQuality& quality = log.quality;
  add("quality", quality.rows, quality.bad_rows, quality.missing_resources, quality.missing_starts,
      quality.times_with_offset, quality.times_without_offset, quality.unnamed_cases,
      quality.empty_traces, quality.starts_after_end);
  for (const BadRow& bad : quality.bad_examples) add("bad", bad.line, bad.reason);
  return shown;
}

/// Room for all of a text in whatever encoding, so that a stream clears no more memory than a short
/// one needs.
inline StreamOptions stream_options_for(std::string_view text) {
  StreamOptions options;
  options.block_size = std::min(options.block_size, 64 + 4 * text.size());
  return options;
}

/// What becomes of an XES document: the whole log, or the error.
inline std::string xes_outcome(std::string_view text, const XesSettings& settings,
                               const ReadOptions& options = {}) {
  try {
    EventLog log;
    log.path = "x.xes";
    LogBuilder builder(log, options);
    ByteStream stream = ByteStream::of_text(text, log.path, stream_options_for(text));
    read_xes(stream, options, log, builder, settings);
    builder.finish();
    return whole_log(log);
  } catch (const std::runtime_error& error) {
    return fmt::format("error: {}", error.what());
  }
}

}  // namespace gemba
