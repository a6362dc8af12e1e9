#include "core/report/building/progress_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/time/duration.h"

namespace gemba::inline report {
namespace {

/// Bytes with two digits or three: `980 B`, `1.3 GiB`, `412 MiB`.
std::string humane_bytes(double bytes) {
  constexpr double step = 1024;
  constexpr double few = 9.95;
  constexpr double many = 999.5;
  const char* unit = "B";
  for (const char* larger : {"KiB", "MiB", "GiB", "TiB"}) {
    if (bytes < many) break;
    bytes /= step;
    unit = larger;
  }
  const bool has_decimal = bytes < few && *unit != 'B';
  return fmt::format("{:.{}f} {}", bytes, has_decimal ? 1 : 0, unit);
}

}  // namespace

std::string progress_text(std::string_view name, const ReadProgress& progress, double seconds,
                          std::size_t width) {
  const auto total = static_cast<double>(progress.total.load(std::memory_order_relaxed));
  auto taken = static_cast<double>(progress.taken.load(std::memory_order_relaxed));
  if (total > 0) taken = std::min(taken, total);
  std::string text = humane_bytes(taken);
  if (total > 0) text += fmt::format(" of {}", humane_bytes(total));
  if (total > 0 && taken >= total) {
    text += ", putting cases together";
  } else if (taken > 0 && seconds > 0) {
    const double rate = taken / seconds;
    text += fmt::format(", {}/s", humane_bytes(rate));
    if (total > 0)
      text += fmt::format(", {} left", humane_seconds(std::ceil((total - taken) / rate)));
  }
  // The figures are what counts: a long path gives way to them.
  constexpr std::size_t least = 4;
  const std::size_t own = display_width(text) + 2;
  if (own + least > width) return truncate_to_width(text, width);
  return fmt::format("{}: {}", truncate_to_width(printable(name), width - own), text);
}

}  // namespace gemba::inline report
