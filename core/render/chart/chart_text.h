#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// Whether the captions that a chart adds are Chinese (`zh`, the default) or English.
bool is_chinese(const ChartOptions& options);

/// The process with every text that a chart shows as one line of print: what draws it takes texts
/// as they are. Ids stay.
Process with_clean_texts(const Process& process);

/// What stands at a flow: its label, else its condition, then the share.
std::string flow_text(const Flow& flow, const Process& process, std::optional<double> share,
                      bool chinese);

/// The same, wrapped and cut to the room at a line.
std::vector<std::string> flow_label(const Flow& flow, const Process& process,
                                    std::optional<double> share, bool chinese);

/// Id, version, status, owner and dates.
std::vector<std::string> process_facts(const Process& process, bool chinese);

/// Joins parts with ` · ` into lines of at most `columns` columns.
std::vector<std::string> join_parts(const std::vector<std::string>& parts, std::size_t columns);

/// Whether a start or end says no more than that it is one (`开始`, `end` …).
bool is_trivial_name(const Step& step);

/// The address itself when it is http(s) and, with every unusual byte percent-encoded, safe in SVG;
/// else empty.
std::string safe_address(std::string_view address);

/// The id when it holds only `A-Z a-z 0-9 _ -`, and is safe anywhere; else empty.
std::string plain_id(std::string_view id);

}  // namespace gemba::inline render
