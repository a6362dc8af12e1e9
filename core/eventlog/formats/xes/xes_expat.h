#pragma once
#include <cstdint>
#include <string>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/xes/xes_reader.h"
#include "core/eventlog/formats/xes/xes_scanner.h"

namespace gemba::inline eventlog {

/// Reads a document, or what is left of it, into `reader` with expat. What it holds is UTF-8
/// whatever it declares. Throws `Error` with the line for what is no well-formed XML and for what
/// `reader` refuses, and what the stream throws.
void read_with_expat(ByteStream& stream, const XmlRest& rest, XesReader& reader);

/// Says that a log cannot be read, where and why.
[[noreturn]] void throw_unreadable(const std::string& path, std::uint64_t line,
                                   const std::string& reason);

}  // namespace gemba::inline eventlog
