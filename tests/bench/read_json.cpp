// Reads every field of every object of a file in JSON Lines, on one thread, and prints what it
// found:
//   gemba_read_json gemba|blocks|lines FILE
// `gemba` is the reader of the program alone. The others are simdjson on the same stream, with the
// fields put into columns as ours are: over a block of lines at a time, or line by line. They take
// flat objects in good UTF-8 only.
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/jsonl/json_lines.h"

namespace {

using namespace gemba;

/// The same for every reader that reads the same.
struct Found {
  std::uint64_t objects = 0;
  std::uint64_t fields = 0;  ///< with a text
  std::uint64_t bytes = 0;   ///< of the texts

  void add(std::string_view text) {
    fields += text.empty() ? 0 : 1;
    bytes += text.size();
  }
};

Found read_by_gemba(ByteStream& stream) {
  Found found;
  JsonLines lines(stream);
  for (auto what = lines.next(); what != JsonLines::Found::end; what = lines.next()) {
    if (what == JsonLines::Found::bad_line) throw Error(std::string(lines.reason()));
    ++found.objects;
    for (const std::string_view text : lines.object().fields()) found.add(text);
  }
  return found;
}

/// The fields of an object by column, as our reader gives them: a key mostly stands where it did
/// before.
class Row {
 public:
  using Key = simdjson::ondemand::raw_json_string;

  void clear() {
    for (const std::size_t column : filled_) fields_[column] = {};
    filled_.clear();
    next_ = 0;
  }

  void put(Key key, std::string_view text) {
    const bool guessed = next_ < columns_.size() && key.unsafe_is_equal(columns_[next_]);
    const std::size_t column = guessed ? next_ : find(key);
    fields_[column] = text;
    filled_.push_back(column);
    next_ = column + 1;
  }

  const std::vector<std::string_view>& fields() const { return fields_; }

 private:
  std::size_t find(Key key) {
    std::size_t column = 0;
    while (column < columns_.size() && !key.unsafe_is_equal(columns_[column])) ++column;
    if (column == columns_.size()) {
      const char* begin = key.raw();
      columns_.emplace_back(begin, std::strchr(begin, '"'));
      fields_.emplace_back();
    }
    return column;
  }

  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> filled_;
  std::size_t next_ = 0;
};

/// What an object holds; simdjson throws where it is none.
void add(simdjson::ondemand::object object, Row& row, Found& found) {
  using Type = simdjson::ondemand::json_type;
  row.clear();
  for (auto field : object) {
    const Row::Key key = field.key();
    simdjson::ondemand::value value = field.value();
    const Type type = value.type();
    if (type == Type::string) row.put(key, value.get_string());
    if (type == Type::number || type == Type::boolean) row.put(key, value.raw_json_token());
  }
  ++found.objects;
  for (const std::string_view text : row.fields()) found.add(text);
}

/// Calls `take` with blocks of whole lines; `SIMDJSON_PADDING` bytes may be read behind each.
template <typename Take>
void for_each_block(ByteStream& stream, Take take) {
  constexpr std::size_t block_size = std::size_t{256} << 10U;
  std::vector<char> buffer(block_size + simdjson::SIMDJSON_PADDING);
  for (std::size_t kept = 0;;) {
    const std::size_t size = kept + stream.read(buffer.data() + kept, block_size - kept);
    if (size == 0) return;
    const std::size_t lines = std::string_view(buffer.data(), size).rfind('\n') + 1;
    const std::size_t taken = size < block_size ? size : lines;
    if (taken == 0) throw Error("a line is longer than a block");
    take(std::string_view(buffer.data(), taken));
    kept = size - taken;
    std::memmove(buffer.data(), buffer.data() + taken, kept);
  }
}

/// A block is one run of simdjson: the fastest way, but one fault in it is the block's.
Found read_blocks(ByteStream& stream) {
  Found found;
  Row row;
  simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;
#endif
  for_each_block(stream, [&](std::string_view block) {
    simdjson::ondemand::document_stream documents =
        parser.iterate_many(block.data(), block.size(), block.size());
    for (auto document : documents) add(document.get_object(), row, found);
  });
  return found;
}

/// A line is one run of simdjson: a fault is the line's.
Found read_lines(ByteStream& stream) {
  Found found;
  Row row;
  simdjson::ondemand::parser parser;
  for_each_block(stream, [&](std::string_view block) {
    while (!block.empty()) {
      const std::size_t size = std::min(block.find('\n'), block.size() - 1) + 1;
      simdjson::ondemand::document document = parser.iterate(
          simdjson::padded_string_view(block.data(), size, size + simdjson::SIMDJSON_PADDING));
      add(document.get_object(), row, found);
      block.remove_prefix(size);
    }
  });
  return found;
}

Found read(std::string_view reader, ByteStream& stream) {
  if (reader == "gemba") return read_by_gemba(stream);
  return reader == "lines" ? read_lines(stream) : read_blocks(stream);
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string_view reader = argc == 3 ? argv[1] : "";
  if (reader != "gemba" && reader != "blocks" && reader != "lines") {
    std::fputs("usage: gemba_read_json gemba|blocks|lines FILE\n", stderr);
    return 2;
  }
  ByteStream stream = ByteStream::open(argv[2]);
  const Found found = read(reader, stream);
  std::printf(
      "%llu objects, %llu fields, %llu bytes\n", static_cast<unsigned long long>(found.objects),
      static_cast<unsigned long long>(found.fields), static_cast<unsigned long long>(found.bytes));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "gemba_read_json: %s\n", error.what());
  return 3;
}
