#pragma once
#include <string>
#include <string_view>

namespace gemba::inline report {

// What others wrote – names, titles, paths, values – as people may read it: nothing in it moves the
// cursor, turns the direction of the text, or begins a line that only looks like one of ours. Every
// writer passes what it shows through one of these, and they may be passed twice.

/// Prose on one line: line ends become spaces, none at the end; everything else as `printable` has
/// it.
std::string readable_line(std::string_view text);

/// Lines as they are, with their tabs and their ends (`\n`, `\r\n`); everything else as `printable`
/// has it.
std::string readable_lines(std::string_view text);

/// A message of several lines: those behind the first are indented, so that no name can begin one.
std::string readable_message(std::string_view text);

}  // namespace gemba::inline report
