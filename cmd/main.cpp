#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "cmd/app.h"

namespace {

std::size_t terminal_width(int file) {
  winsize size{};
  return ::ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// A line can only be taken back on a terminal that moves its cursor.
std::size_t progress_width() {
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  if (is_dumb || ::isatty(STDERR_FILENO) != 1) return 0;
  constexpr std::size_t usual = 80;
  const std::size_t width = terminal_width(STDERR_FILENO);
  return width == 0 ? usual : width;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  gemba::Env env{.out = std::cout,
                 .err = std::cerr,
                 .out_is_terminal = terminal,
                 .width = terminal ? terminal_width(STDOUT_FILENO) : 0,
                 .progress_width = progress_width(),
                 .timings = {}};
  return gemba::run(argc, argv, env);
}
