#pragma once
#include <string_view>

#include "core/model/process.h"

namespace gemba::inline audit {

/// Whether a text speaks of things that somebody has to carry: 退回的货, the parcel; not of papers
/// about them (发货单, parcel number).
bool says_things(std::string_view text);

/// Whether a datum is a thing: its name ends with one.
bool is_thing(const Data& datum);

/// Whether the step works on things: it says so, or needs or makes one.
bool works_on_things(const Process& process, const Step& step);

}  // namespace gemba::inline audit
