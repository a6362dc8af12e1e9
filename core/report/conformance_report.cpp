#include "core/report/conformance_report.h"

#include <fmt/format.h>

namespace gemba {
namespace {

std::string share_text(double share) { return fmt::format("{:.1f}%", share * 100); }

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
                     {"condition", flow != nullptr ? Json(flow->when->text) : Json(nullptr)},
                     {"cases", each.cases},
                     {"share", each.share},
                     {"extra_median_seconds",
                      each.extra_median_seconds ? Json(*each.extra_median_seconds) : Json(nullptr)},
                     {"examples", std::move(examples)}});
  }
  return deviations;
}

std::string conformance_text(const Conformance& conformance) {
  if (conformance.cases == 0) return "no case to hold against the process";
  const double share =
      static_cast<double>(conformance.fitting_cases) / static_cast<double>(conformance.cases);
  std::string text = fmt::format(
      "{} of {} cases ({}) go as the process says; fitness of the log {:.3f}",
      conformance.fitting_cases, conformance.cases, share_text(share), conformance.log_fitness);
  if (conformance.bounded_cases > 0) {
    text += fmt::format(" at least: the search gave up on {} cases (--budget)",
                        conformance.bounded_cases);
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
  for (const Deviation& each : conformance.deviations) {
    table.rows.push_back({std::string(to_string(each.kind)), each.activity,
                          each.flow ? Cell(process[*each.flow].when->text) : Cell(), each.cases,
                          each.share,
                          each.extra_median_seconds ? Cell(*each.extra_median_seconds) : Cell(),
                          std::string(log.name(each.examples.front()))});
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

}  // namespace gemba
