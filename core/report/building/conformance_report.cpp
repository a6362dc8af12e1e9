#include "core/report/building/conformance_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/model/authority.h"
#include "core/report/cells.h"

namespace gemba::inline report {
namespace {

/// What a deviation is against: the condition of a flow, the limit of a role.
std::optional<std::string> broken_rule(const Process& process, const Deviation& deviation) {
  if (deviation.flow) return process[*deviation.flow].when->text;
  if (deviation.kind != DeviationKind::over_authority) return std::nullopt;
  const Step& step = process[*deviation.step];
  const auto limit = limit_of(process.definitions, *step.role, step.approves->text);
  if (!limit)
    return fmt::format("{}: not for {}", step.approves->text, process.definitions[*step.role].id);
  return fmt::format("{} <= {:g}", step.approves->text, *limit);
}

Cell text_cell(const std::optional<std::string>& text) { return text ? Cell(*text) : Cell(); }

Json text_json(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json variant_json(const VariantConformance& variant, const EventLog& log) {
  Json::Array activities;
  for (const ActivityId activity : variant.activities) activities.emplace_back(log.name(activity));
  return Json::Object{{"activities", std::move(activities)},
                      {"cases", variant.cases},
                      {"cost", variant.cost},
                      {"fitness", variant.fitness},
                      {"exact", variant.exact}};
}

}  // namespace

Json conformance_json(const Conformance& conformance, const EventLog& log, bool all_variants) {
  Json::Array variants;
  for (const VariantConformance& each : conformance.variants) {
    if (!all_variants && variants.size() == variants_shown) break;
    variants.push_back(variant_json(each, log));
  }
  return Json::Object{{"cases", conformance.cases},
                      {"fitting_cases", conformance.fitting_cases},
                      {"log_fitness", conformance.log_fitness},
                      {"mean_fitness", conformance.mean_fitness},
                      {"breaking_cases", conformance.breaking_cases},
                      {"bounded_cases", conformance.bounded_cases},
                      {"shortest_run", conformance.shortest_run},
                      {"variant_count", conformance.variants.size()},
                      {"variants", std::move(variants)}};
}

Json deviations_json(const Conformance& conformance, const Process& process, const EventLog& log) {
  Json::Array deviations;
  for (const Deviation& each : conformance.deviations) {
    const Flow* flow = each.flow ? &process[*each.flow] : nullptr;
    Json::Array examples;
    for (const CaseId id : each.examples) examples.emplace_back(log.name(id));
    deviations.emplace_back(
        Json::Object{{"kind", to_string(each.kind)},
                     {"step", each.step ? Json(process[*each.step].id) : Json(nullptr)},
                     {"activity", each.activity},
                     {"from", flow != nullptr ? Json(process[flow->from].id) : Json(nullptr)},
                     {"condition", text_json(broken_rule(process, each))},
                     {"cases", each.cases},
                     {"share", each.share},
                     {"extra_median_seconds",
                      each.extra_median_seconds ? Json(*each.extra_median_seconds) : Json(nullptr)},
                     {"examples", std::move(examples)},
                     {"accepted", text_json(each.accepted)}});
  }
  return deviations;
}

std::string conformance_text(const Conformance& conformance) {
  if (conformance.cases == 0) return "no case to hold against the process";
  const double share = share_of(conformance.fitting_cases, conformance.cases);
  std::string text =
      fmt::format("{} of {} cases ({}) go as the process says; fitness of the log {:.3f}",
                  conformance.fitting_cases, conformance.cases, humane_cell(share, Unit::share),
                  conformance.log_fitness);
  if (conformance.bounded_cases > 0) {
    text += fmt::format(" at least: the search gave up on {} cases (--budget)",
                        conformance.bounded_cases);
  }
  if (conformance.breaking_cases > 0) {
    text += fmt::format("; {} break its conditions, limits of authority or four eyes",
                        counted(conformance.breaking_cases, "case", "cases"));
  }
  const auto accepted =
      std::count_if(conformance.deviations.begin(), conformance.deviations.end(),
                    [](const Deviation& each) { return each.accepted.has_value(); });
  if (accepted > 0) {
    text +=
        fmt::format("; {} of {} deviations are accepted", accepted, conformance.deviations.size());
  }
  return text;
}

Table deviation_table(const Conformance& conformance, const Process& process, const EventLog& log) {
  Table table{.key = "deviations",
              .title = "Deviations",
              .columns = {{"kind", "kind", Unit::text},
                          {"activity", "step", Unit::text},
                          {"condition", "against", Unit::text},
                          {"cases", "cases", Unit::count},
                          {"share", "share", Unit::share},
                          {"extra_median_seconds", "median duration", Unit::seconds},
                          {"example", "for example", Unit::text}},
              .rows = {},
              .shown = 15};
  const bool any_accepted =
      !conformance.deviations.empty() && conformance.deviations.back().accepted;
  if (any_accepted) table.columns.push_back({"accepted", "accepted", Unit::text});
  for (const Deviation& each : conformance.deviations) {
    auto& row = table.rows.emplace_back(
        std::vector<Cell>{std::string(to_string(each.kind)), each.activity,
                          text_cell(broken_rule(process, each)), each.cases, each.share,
                          each.extra_median_seconds ? Cell(*each.extra_median_seconds) : Cell(),
                          std::string(log.name(each.examples.front()))});
    if (!any_accepted) continue;
    row.push_back(each.accepted && each.accepted->empty() ? Cell("yes") : text_cell(each.accepted));
  }
  return table;
}

Table variant_table(const Conformance& conformance, const EventLog& log, bool all_variants) {
  Table table{.key = "variants",
              .title = all_variants ? "Variants" : "Variants that depart",
              .columns = {{"cases", "cases", Unit::count},
                          {"cost", "cost", Unit::count},
                          {"fitness", "fitness", Unit::number},
                          {"exact", "exact", Unit::text},
                          {"activities", "activities", Unit::text}},
              .rows = {},
              .shown = all_variants ? 0 : variants_shown};
  for (const VariantConformance& each : conformance.variants) {
    if (!all_variants && each.cost == 0) continue;
    std::string activities;
    for (const ActivityId activity : each.activities)
      activities += (activities.empty() ? "" : " → ") + std::string(log.name(activity));
    table.rows.push_back({each.cases, each.cost, each.fitness,
                          std::string(each.exact ? "yes" : "bound"), std::move(activities)});
  }
  return table;
}

}  // namespace gemba::inline report
