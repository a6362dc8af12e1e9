#include "cmd/env.h"

#include <ostream>

#include "core/report/readable.h"

namespace gemba::inline cmd {

void complain(Env& env, std::string_view kind, std::string_view message) {
  env.err << "gemba: " << kind << ": " << readable_message(message) << "\n";
}

}  // namespace gemba::inline cmd
