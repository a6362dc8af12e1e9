#include "core/eventlog/xes.h"

#include "core/eventlog/log_format.h"
#include "core/eventlog/xes_expat.h"
#include "core/eventlog/xes_reader.h"

namespace gemba {

namespace {

bool sniff(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '<';
}

void read_with_scanner(ByteStream& stream, XesReader& reader, std::size_t block) {
  XesScanner scanner(stream, block);
  while (true) {
    switch (scanner.next()) {
      case XesScanner::Step::open:
        reader.open(scanner.tag());
        if (!reader.failure().empty()) {
          throw_unreadable(stream.name(), scanner.tag().line, reader.failure());
        }
        if (scanner.tag().closed) reader.close();
        break;
      case XesScanner::Step::close:
        reader.close();
        break;
      case XesScanner::Step::end:
        return;
      case XesScanner::Step::declined:
        return read_with_expat(stream, scanner.rest(), reader);
    }
  }
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  read_xes(stream, options, log, builder);
}

}  // namespace

void read_xes(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder,
              XesFrontEnd front_end, std::size_t block) {
  XesReader reader(options, log, builder);
  if (front_end == XesFrontEnd::scanner) {
    read_with_scanner(stream, reader, block);
  } else {
    read_with_expat(stream, {}, reader);
  }
  reader.describe_columns();
}

constinit const LogFormat formats::xes{
    .name = "xes", .extensions = ".xes .xes.gz", .sniff = sniff, .read = read};

}  // namespace gemba
