#include "cmd/progress.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <ostream>
#include <system_error>
#include <thread>

#include "core/eventlog/read_log.h"
#include "core/report/building/progress_text.h"

namespace gemba::inline cmd {
namespace {

/// Shows on a terminal how far a log is read, from a thread of its own, until it is destroyed.
class ProgressLine {
 public:
  ProgressLine(const std::string& name, const ReadProgress& progress, Env& env)
      : name_(name),
        progress_(progress),
        env_(env),
        thread_([this](std::stop_token stop) { show(stop); }) {}

 private:
  using Clock = std::chrono::steady_clock;

  void show(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds patience{1000};
    constexpr std::chrono::milliseconds pause{200};
    const Clock::time_point begin = Clock::now();
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    const auto wait = [&](std::chrono::milliseconds time) {
      stopped.wait_for(lock, stop, time, [] { return false; });
      return !stop.stop_requested();
    };
    if (!wait(patience)) return;
    do {
      const std::chrono::duration<double> passed = Clock::now() - begin;
      // The last column stays free: some terminals begin a new line behind it.
      env_.err << "\r" << progress_text(name_, progress_, passed.count(), env_.progress_width - 1)
               << "\x1b[K" << std::flush;
    } while (wait(pause));
    env_.err << "\r\x1b[K" << std::flush;
  }

  const std::string& name_;
  const ReadProgress& progress_;
  Env& env_;
  std::jthread thread_;  ///< the last member: the others are there before it and after it
};

}  // namespace

EventLog read_log_watched(const std::string& path, const ReadOptions& options, Env& env) {
  // Who types a log in by hand needs the line himself.
  const bool is_typed = path == "-" && ::isatty(STDIN_FILENO) == 1;
  if (env.progress_width == 0 || is_typed) return read_log(path, options);
  ReadProgress progress;
  ReadOptions watched = options;
  watched.progress = &progress;
  std::optional<ProgressLine> line;
  try {
    line.emplace(path, progress, env);
  } catch (const std::system_error&) {
    line.reset();  // no more threads: the log is more important
  }
  return read_log(path, watched);
}

}  // namespace gemba::inline cmd
