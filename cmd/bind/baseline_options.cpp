#include "cmd/bind/baseline_options.h"

namespace gemba::inline cmd {

Argument bind_baseline(Arguments& arguments, BaselineOptions& options) {
  const Argument read =
      arguments
          .add("--baseline", options.read,
               "Leave out the findings that this file knows (see --write-baseline)")
          .value_name("FILE");
  const Argument write = arguments
                             .add("--write-baseline", options.write,
                                  "Write all findings to this file: from now on only new ones "
                                  "count. Reasons in it are kept")
                             .value_name("FILE");
  arguments
      .add("--reason", options.reason, "Why the findings that --write-baseline adds are accepted")
      .value_name("TEXT")
      .needs(write);
  return read;
}

}  // namespace gemba::inline cmd
