#pragma once
#include <stdexcept>
#include <string>

namespace gemba::inline base {

/// The machine failed (cannot open, disk full, Graphviz failed). `what()` says what happened,
/// where, and what to try, in one line. Caught once, in `main`; ends the program with exit code 3.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The user's configuration or command line is wrong in a way only seen while running. Exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gemba::inline base
