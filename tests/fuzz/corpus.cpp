// Runs the fuzz targets over their seeds, in a build without libFuzzer. With a target's name and a
// folder it runs that one over the files there.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#define TARGET(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "tests/fuzz/targets.def"
#undef TARGET

namespace {

struct Target {
  std::string_view name;
  int (*run)(const std::uint8_t* data, std::size_t size);
};

constexpr Target targets[] = {
#define TARGET(name) {#name, fuzz_##name},
#include "tests/fuzz/targets.def"
#undef TARGET
};

/// False when the folder holds nothing to run over.
bool run_over(const Target& target, const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::printf("%s: %s\n", target.name.data(), path.filename().c_str());
    std::fflush(stdout);  // the last name shows which input ended the program
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    target.run(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  }
  if (paths.empty()) std::fprintf(stderr, "no inputs in %s\n", folder.c_str());
  return !paths.empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 1 && argc != 3) {
    std::fprintf(stderr, "usage: %s [TARGET FOLDER]\n", argv[0]);
    return 2;
  }
  bool all_good = true;
  std::size_t run = 0;
  for (const Target& target : targets) {
    if (argc == 3 && target.name != argv[1]) continue;
    const auto seeds = std::filesystem::path(GEMBA_ROOT) / "tests/fuzz/corpus" /
                       ("fuzz_" + std::string(target.name));
    all_good = run_over(target, argc == 3 ? std::filesystem::path(argv[2]) : seeds) && all_good;
    ++run;
  }
  if (run == 0) std::fprintf(stderr, "there is no target '%s'\n", argv[1]);
  return all_good && run > 0 ? 0 : 1;
}
