#include "core/columns/duration_list.h"

#include <algorithm>

namespace gemba::inline columns {

/// Goes over to microseconds with the first duration that is no whole number of seconds.
void DurationList::push_micros(Micros duration) {
  if (micros_.empty()) {
    micros_.reserve(std::max(seconds_.capacity(), seconds_.size() + 1));
    for (const std::int32_t each : seconds_) micros_.push_back(each * micros_per_second);
    release(seconds_);
  }
  micros_.push_back(duration);
}

void DurationList::append(const DurationList& other) {
  for (const std::int32_t each : other.seconds_) push_back(each * micros_per_second);
  for (const Micros each : other.micros_) push_back(each);
}

}  // namespace gemba::inline columns
