#include "core/eventlog/formats/xes/xes.h"
#include "core/eventlog/read_options.h"

#include "core/eventlog/formats/log_format.h"
#include "core/eventlog/formats/xes/xes_expat.h"
#include "core/eventlog/formats/xes/xes_parts.h"
#include "core/eventlog/formats/xes/xes_reader.h"

namespace gemba::inline eventlog {

namespace {

bool sniff(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '<';
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  read_xes(stream, options, log, builder);
}

}  // namespace

void read_xes(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder,
              const XesSettings& settings) {
  XesReader reader(options, log, builder);
  if (settings.front_end == XesFrontEnd::scanner) {
    read_in_parts(stream, reader, builder, settings.block, settings.shortest_part);
  } else {
    read_with_expat(stream, {}, reader);
  }
  reader.describe_columns();
}

constinit const LogFormat formats::xes{
    .name = "xes", .extensions = ".xes .xes.gz", .sniff = sniff, .read = read};

}  // namespace gemba::inline eventlog
