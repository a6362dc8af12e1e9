#include "core/report/building/summary_json.h"

namespace gemba::inline report {

Json summary_json(const Summary& summary) {
  const auto figure = [&](double value) { return summary.count == 0 ? Json() : Json(value); };
  return Json::Object{{"count", summary.count},
                      {"mean", figure(summary.mean)},
                      {"median", figure(summary.median)},
                      {"min", figure(summary.min)},
                      {"max", figure(summary.max)},
                      {"stdev", summary.stdev ? Json(*summary.stdev) : Json()},
                      {"sum", summary.sum},
                      {"p75", figure(summary.p75)},
                      {"p90", figure(summary.p90)},
                      {"p95", figure(summary.p95)},
                      {"p99", figure(summary.p99)}};
}

}  // namespace gemba::inline report
