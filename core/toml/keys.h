#pragma once
#include <span>
#include <string_view>

namespace gemba::inline toml {

/// What a kind of table is called in messages, and the keys that it can have.
struct TableKeys {
  std::string_view what;
  std::span<const std::string_view> keys;
};

namespace keys {

using Words = const std::string_view[];

inline constexpr Words document_words = {"sop",  "map",       "roles",     "systems",
                                         "data", "calendars", "authority", "step",
                                         "pain", "kpi",       "path"};
inline constexpr Words header_words = {"id",        "title",      "version", "status", "owner",
                                       "effective", "review_by",  "trigger", "goal",   "scope",
                                       "tags",      "supersedes", "volume"};
inline constexpr Words role_words = {"name",     "external",    "headcount", "cost_per_hour",
                                     "calendar", "concurrency", "reports_to"};
inline constexpr Words system_words = {"name"};
inline constexpr Words data_words = {"name", "from", "personal", "paper", "copy_of"};
inline constexpr Words calendar_words = {"name", "timezone", "hours", "off", "work"};
inline constexpr Words authority_words = {"role", "action", "up_to"};
inline constexpr Words step_words = {
    "id",     "name",  "kind",     "role",  "system", "next",  "needs",      "may_need", "makes",
    "time",   "wait",  "wait_for", "every", "sla",    "fee",   "trips",      "abandon",  "approves",
    "amount", "calls", "script",   "link",  "note",   "value", "automation", "log"};
inline constexpr Words branch_words = {"to", "when", "share", "label"};
inline constexpr Words time_words = {"min", "mode", "max", "mean", "sd"};
inline constexpr Words pain_words = {"step", "from", "count", "text"};
inline constexpr Words kpi_words = {"id", "name", "from", "to", "share", "mean", "stat", "target"};
inline constexpr Words share_words = {"with", "without"};
inline constexpr Words path_words = {"name", "given", "steps", "allowed"};

inline constexpr Words config_words = {"language", "files",   "rules", "override",  "log",
                                       "roles",    "systems", "data",  "calendars", "authority"};
inline constexpr Words files_words = {"include", "exclude"};
inline constexpr Words override_words = {"paths", "rules"};
inline constexpr Words log_words = {"timezone", "time_format", "encoding",  "sheet",
                                    "case",     "activity",    "timestamp", "start",
                                    "resource", "lifecycle",   "missing"};

inline constexpr TableKeys document{"a document", document_words};
inline constexpr TableKeys sop{"[sop]", header_words};
inline constexpr TableKeys map{"[map]", header_words};
inline constexpr TableKeys role{"a role", role_words};
inline constexpr TableKeys system{"a system", system_words};
inline constexpr TableKeys data{"a datum", data_words};
inline constexpr TableKeys calendar{"a calendar", calendar_words};
inline constexpr TableKeys authority{"[[authority]]", authority_words};
inline constexpr TableKeys step{"a step", step_words};
inline constexpr TableKeys branch{"a branch of 'next'", branch_words};
inline constexpr TableKeys time{"'time'", time_words};
inline constexpr TableKeys pain{"[[pain]]", pain_words};
inline constexpr TableKeys kpi{"a KPI", kpi_words};
inline constexpr TableKeys share{"'share'", share_words};
inline constexpr TableKeys path{"[[path]]", path_words};
inline constexpr TableKeys config{"gemba.toml", config_words};
inline constexpr TableKeys files{"[files]", files_words};
inline constexpr TableKeys override_table{"[[override]]", override_words};
inline constexpr TableKeys log{"[log]", log_words};

}  // namespace keys
}  // namespace gemba::inline toml
