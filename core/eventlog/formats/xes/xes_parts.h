#pragma once
#include <cstddef>
#include <cstdint>

#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/xes/xes_reader.h"

namespace gemba::inline eventlog {

/// Reads a document into `reader`, which writes to `builder`, with the scanner, which takes `block`
/// bytes at a time, and with expat from where it declines. A file is cut behind traces into as many
/// parts as `builder` may have threads, none of fewer bytes than `shortest_part`; the log and every
/// error are those of reading it in one. Throws what `reader`, `builder` and `stream` throw, and
/// `Error` with the line for what is no log.
void read_in_parts(ByteStream& stream, XesReader& reader, LogBuilder& builder, std::size_t block,
                   std::uint64_t shortest_part);

}  // namespace gemba::inline eventlog
