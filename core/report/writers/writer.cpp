#include "core/report/writers/writer.h"

namespace gemba::inline report {

std::span<const Writer* const> all_writers() {
  static constexpr const Writer* all[] = {
#define WRITER(name) &writers::name,
#include "core/report/writers/writers.def"
#undef WRITER
  };
  return all;
}

const Writer* find_writer(std::string_view name) {
  for (const Writer* writer : all_writers()) {
    if (writer->name == name) return writer;
  }
  return nullptr;
}

}  // namespace gemba::inline report
