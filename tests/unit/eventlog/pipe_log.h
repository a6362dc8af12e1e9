#pragma once
#include <unistd.h>

#include <string>
#include <thread>

#include "core/eventlog/read_log.h"

namespace gemba {

/// The log that a pipe gives.
inline EventLog read_piped(const std::string& text, const ReadOptions& options = {}) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  std::thread writer([&] {
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t size = write(ends[1], text.data() + done, text.size() - done);
      if (size <= 0) break;
      done += static_cast<std::size_t>(size);
    }
    close(ends[1]);
  });
  try {
    EventLog log = read_log("/dev/fd/" + std::to_string(ends[0]), options);
    writer.join();
    close(ends[0]);
    return log;
  } catch (...) {
    writer.join();
    close(ends[0]);
    throw;
  }
}

}  // namespace gemba
