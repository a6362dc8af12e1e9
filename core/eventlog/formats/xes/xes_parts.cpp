#include "core/eventlog/formats/xes/xes_parts.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/parallel.h"
#include "core/eventlog/formats/xes/xes_expat.h"
#include "core/eventlog/formats/xes/xes_scanner.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::uint64_t no_end = UINT64_MAX;

enum class Stop : std::uint8_t {
  between_traces,  ///< at the wanted place or the first one behind it
  end,             ///< the document ended well
  declined         ///< by the scanner
};

// Reads on up to the first place between two traces at `end` or behind it.
Stop read_until(XesScanner& scanner, XesReader& reader, std::uint64_t end,
                const std::string& name) {
  while (true) {
    switch (scanner.next()) {
      case XesScanner::Step::open:
        reader.open(scanner.tag());
        if (!reader.failure().empty()) {
          throw_unreadable(name, scanner.tag().line, reader.failure());
        }
        if (scanner.tag().closed) reader.close();
        break;
      case XesScanner::Step::event:
        reader.take_event(scanner.event());
        break;
      case XesScanner::Step::close:
        reader.close();
        if (reader.is_between_traces() && scanner.position() >= end) return Stop::between_traces;
        break;
      case XesScanner::Step::end:
        return Stop::end;
      case XesScanner::Step::declined:
        return Stop::declined;
    }
  }
}

void read_to_end(ByteStream& stream, XesScanner& scanner, XesReader& reader) {
  if (read_until(scanner, reader, no_end, stream.name()) == Stop::declined)
    read_with_expat(stream, scanner.rest(), reader);
}

/// Where the first `</trace>` ends that begins within `size` bytes behind `offset`; what it looks
/// like may be text of something else.
std::optional<std::uint64_t> find_trace_end(const ByteStream& stream, std::uint64_t offset,
                                            std::uint64_t size) {
  constexpr std::string_view tag = "</trace>";
  constexpr std::size_t block = std::size_t{64} << 10U;
  std::optional<ByteStream> from = stream.from(offset);
  std::string bytes;
  while (from && size > 0) {
    const std::size_t kept = std::min(bytes.size(), tag.size() - 1);
    bytes.erase(0, bytes.size() - kept);
    bytes.resize(kept + block);
    const std::size_t got = from->read(bytes.data() + kept, block);
    bytes.resize(kept + got);
    const std::size_t found = bytes.find(tag);
    if (found != std::string::npos) return offset - kept + found + tag.size();
    if (got < block) break;
    offset += block;
    size -= std::min<std::uint64_t>(size, block);
  }
  return std::nullopt;
}

/// A part of a file that is read at the same time as the parts before it.
struct LaterPart {
  std::uint64_t begin;  ///< in the file, where `stream` begins
  ByteStream stream;
  XesScanner scanner;
  LogBuilder builder;
  XesReader reader;
  Stop stop = Stop::declined;

  LaterPart(std::uint64_t at, ByteStream from, const std::string& root, std::size_t block,
            LogBuilder builds, const XesReader& front)
      : begin(at),
        stream(std::move(from)),
        scanner(stream, root, block),
        builder(std::move(builds)),
        reader(front.next_part(builder)) {
    scanner.give_whole_events();
  }
};

/// A document that is read: its first part, and those that other threads read.
struct DocumentReading {
  ByteStream& stream;
  XesScanner scanner;
  XesReader& reader;
  LogBuilder& builder;
  std::size_t block;
  Stop stop = Stop::between_traces;  ///< of the first part
  std::vector<std::unique_ptr<LaterPart>> later = {};

  void cut(std::uint64_t shortest_part);
  void read_all();
  void read_later(LaterPart& part, std::uint64_t end);
  void join();
  void read_on(ByteStream& from, XesScanner& at, std::uint64_t line);
};

// Cuts what is left of the file, unless it is too short to be worth it, or cannot be read in
// several places.
void DocumentReading::cut(std::uint64_t shortest_part) {
  constexpr std::uint64_t longest_search = std::uint64_t{16} << 20U;
  const std::uint64_t read = scanner.position();
  const std::uint64_t size = stream.size_hint() - std::min(read, stream.size_hint());
  const std::uint64_t count = std::min<std::uint64_t>(builder.threads(), size / shortest_part);
  for (std::uint64_t number = 1; number < count; ++number) {
    const std::uint64_t offset = read + share_begin(size, number, count);
    const auto begin = find_trace_end(stream, offset, std::min(size / count, longest_search));
    const std::uint64_t before = later.empty() ? read : later.back()->begin;
    if (!begin || *begin <= before) continue;
    std::optional<ByteStream> from = stream.from(*begin);
    if (!from) return;
    later.push_back(std::make_unique<LaterPart>(*begin, *std::move(from), scanner.open_names(),
                                                block, builder.next_part(), reader));
  }
}

void DocumentReading::read_later(LaterPart& part, std::uint64_t end) {
  try {
    part.stop = read_until(part.scanner, part.reader, end, part.stream.name());
  } catch (const std::exception&) {
    // It may have been read in vain; if not, the same is found again where it counts.
    part.stop = Stop::declined;
  }
}

void DocumentReading::read_all() {
  in_parallel(later.size() + 1, [&](std::size_t number) {
    const bool is_last = number == later.size();
    const std::uint64_t end = is_last ? no_end : later[number]->begin;
    if (number > 0) {
      LaterPart& part = *later[number - 1];
      return read_later(part, is_last ? no_end : end - part.begin);
    }
    stop = read_until(scanner, reader, end, stream.name());
    if (stop == Stop::declined) read_with_expat(stream, scanner.rest(), reader);
  });
}

// A cut may stand in a comment or the like: then the part behind it was read in vain. That shows at
// the seam, where the part in front has to end exactly where the one behind begins. What the
// scanner declines in a later part is read again, too, so that only one place hands over to expat.
void DocumentReading::join() {
  if (stop != Stop::between_traces) return;
  ByteStream* from = &stream;
  XesScanner* before = &scanner;
  std::uint64_t offset = 0;
  std::uint64_t first_line = 1;
  for (const std::unique_ptr<LaterPart>& part : later) {
    const std::uint64_t next_line = first_line + before->line() - 1;
    const bool meets = offset + before->position() == part->begin && part->stop != Stop::declined;
    if (!meets || !reader.fits(part->reader) ||
        !builder.append(std::move(part->builder), next_line)) {
      return read_on(*from, *before, next_line);
    }
    reader.append(part->reader);
    if (part->stop == Stop::end) return;
    from = &part->stream;
    before = &part->scanner;
    offset = part->begin;
    first_line = next_line;
  }
}

void DocumentReading::read_on(ByteStream& from, XesScanner& at, std::uint64_t line) {
  LogBuilder rest = builder.next_part();
  XesReader rest_reader = reader.next_part(rest);
  at.set_line(line);
  read_to_end(from, at, rest_reader);
  builder.append(std::move(rest), 1);
  reader.append(rest_reader);
}

}  // namespace

void read_in_parts(ByteStream& stream, XesReader& reader, LogBuilder& builder, std::size_t block,
                   std::uint64_t shortest_part) {
  DocumentReading reading{stream, XesScanner(stream, block), reader, builder, block};
  reading.scanner.give_whole_events();
  // Behind the first trace, all is known that later ones must know.
  const Stop stop = read_until(reading.scanner, reader, 0, stream.name());
  if (stop == Stop::declined) read_with_expat(stream, reading.scanner.rest(), reader);
  if (stop != Stop::between_traces) return;
  reading.cut(shortest_part);
  reading.read_all();
  reading.join();
}

}  // namespace gemba::inline eventlog
