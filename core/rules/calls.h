#pragma once
#include <set>
#include <string>

#include "core/base/diagnostic.h"
#include "core/model/process.h"

namespace gemba::inline rules {

/// Reports every `calls` that names none of the documents (S006). `document_ids` empty: nothing is
/// known about other documents, and nothing is reported.
void check_calls(const Process& process, const std::set<std::string>& document_ids,
                 Diagnostics& found);

}  // namespace gemba::inline rules
