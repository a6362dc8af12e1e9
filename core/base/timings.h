#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace gemba::inline base {

/// Wall time per stage of a run, for `--timings`. Never part of a report.
class Timings {
 public:
  /// Runs `work`, adds its wall time under `stage` and returns its result.
  template <class Work>
  decltype(auto) measure(std::string stage, Work&& work) {
    const Guard guard{*this, std::move(stage), Clock::now()};
    return std::forward<Work>(work)();
  }

  struct Stage {
    std::string name;
    double seconds = 0;
  };
  const std::vector<Stage>& stages() const { return stages_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Guard {
    Timings& timings;
    std::string stage;
    Clock::time_point begin;
    Guard(Timings& t, std::string s, Clock::time_point b)
        : timings(t), stage(std::move(s)), begin(b) {}
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() {
      const std::chrono::duration<double> taken = Clock::now() - begin;
      timings.stages_.push_back({std::move(stage), taken.count()});
    }
  };
  std::vector<Stage> stages_;
};

/// Runs `work`, and notes its time where there is somewhere to note it.
template <class Work>
void timed(Timings* timings, const char* stage, const Work& work) {
  if (timings == nullptr) return work();
  timings->measure(stage, work);
}

}  // namespace gemba::inline base
