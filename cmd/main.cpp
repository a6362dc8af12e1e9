#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "cmd/app.h"

namespace {

std::size_t terminal_width() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  gemba::Env env{.out = std::cout,
                 .err = std::cerr,
                 .out_is_terminal = terminal,
                 .width = terminal ? terminal_width() : 0,
                 .timings = {}};
  return gemba::run(argc, argv, env);
}
