#include "core/eventlog/formats/xlsx/sheet_rows.h"

#include <algorithm>
#include <cstring>
#include <system_error>

#include "core/base/text.h"
#include "core/eventlog/bytes/encoding.h"
#include "core/eventlog/bytes/read_ahead.h"
#include "core/eventlog/formats/xlsx/package.h"
#include "core/eventlog/formats/xlsx/rich_text.h"
#include "core/eventlog/formats/xlsx/sheet_cells.h"
#include "core/eventlog/formats/xlsx/sheet_scanner.h"

namespace gemba::inline eventlog {

namespace {

// Most sheets have no line ends between their rows.
std::uint64_t lines_in(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos; ++at) ++lines;
  return lines;
}

/// The elements of a sheet as a parser of XML finds them, to cells.
class SheetElements {
 public:
  SheetElements(SheetCells& cells, XmlPlace place) : cells_(cells), place_(std::move(place)) {}

  XmlHandlers handlers() {
    return {
        .root =
            [this](std::string_view name, std::string_view space, XmlAttributes attributes) {
              require_spreadsheet_root(place_, "worksheet", name, space);
              preserve_ = attributes.at("xml:space") == "preserve";
            },
        .open = [this](std::string_view name, XmlAttributes attributes) { open(name, attributes); },
        .close = [this](std::string_view) { return close(); },
        .text =
            [this](std::string_view piece) {
              if (at_ == At::value && passed_over_ == 0) value_.add(piece);
              if (at_ == At::inline_text) inline_.add(piece);
            }};
  }

  /// Whether the next element may be a row.
  bool is_between_rows() const { return at_ == At::rows && passed_over_ == 0; }

  bool preserves() const { return preserve_; }

 private:
  /// Where we are: the innermost element that means something.
  enum class At : std::uint8_t { sheet, rows, row, cell, value, inline_text };

  void open(std::string_view name, XmlAttributes attributes);
  bool open_known(std::string_view name, XmlAttributes attributes);
  bool open_in_cell(std::string_view name, XmlAttributes attributes);
  bool close();

  SheetCells& cells_;
  XmlPlace place_;
  bool preserve_ = false;  ///< white space of the whole part
  At at_ = At::sheet;
  std::size_t passed_over_ = 0;  ///< open elements that mean nothing
  XmlText value_;
  RichText inline_;
};

void SheetElements::open(std::string_view name, XmlAttributes attributes) {
  if (passed_over_ > 0 || !open_known(name, attributes)) ++passed_over_;
}

bool SheetElements::open_known(std::string_view name, XmlAttributes attributes) {
  switch (at_) {
    case At::sheet:
      if (name != "sheetData") return false;
      at_ = At::rows;
      return true;
    case At::rows:
      if (name != "row") return false;
      at_ = At::row;
      cells_.begin_row(attributes.at("r"));
      return true;
    case At::row:
      if (name != "c") return false;
      at_ = At::cell;
      cells_.begin_cell(attributes.at("r"), attributes.at("t"), attributes.at("s"));
      return true;
    case At::cell:
      return open_in_cell(name, attributes);
    case At::inline_text:
      inline_.open(name, attributes);
      return true;
    case At::value:
      break;
  }
  cells_.fail("has elements within its value");
}

bool SheetElements::open_in_cell(std::string_view name, XmlAttributes attributes) {
  if (name == "v") {
    at_ = At::value;
    value_.begin(attributes, preserve_);
    return true;
  }
  if (name == "is") {
    at_ = At::inline_text;
    inline_.begin(preserve_);
    return true;
  }
  if (name == "f") cells_.formula();
  return false;
}

bool SheetElements::close() {
  if (passed_over_ > 0) {
    --passed_over_;
    return true;
  }
  switch (at_) {
    case At::value:
      at_ = At::cell;
      cells_.value(value_.end());
      break;
    case At::inline_text:
      if (inline_.close()) break;
      at_ = At::cell;
      cells_.inline_text(inline_.text());
      break;
    case At::cell:
      at_ = At::row;
      cells_.end_cell();
      break;
    case At::row:
      at_ = At::rows;
      return cells_.end_row();
    case At::rows:
    case At::sheet:
      at_ = At::sheet;
      break;
  }
  return true;
}

/// The next bytes of a part, with a zero behind them.
class Window {
 public:
  Window(ReadBytes bytes, std::size_t size) : bytes_(std::move(bytes)), buffer_(size + 1) {}

  std::string_view text() const { return {buffer_.data() + begin_, end_ - begin_}; }

  void drop(std::size_t count) { begin_ += count; }

  /// Reads on behind what is there; false when there is no more, or no room.
  bool read_on() {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    const std::size_t room = buffer_.size() - 1 - end_;
    const std::size_t got = room == 0 ? 0 : bytes_(buffer_.data() + end_, room);
    end_ += got;
    buffer_[end_] = '\0';
    return got > 0;
  }

 private:
  ReadBytes bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Reads a sheet with the scanner as far as that understands it, and else with the parser: what
/// stands before the first row and behind the last one, and all from the first unusual row on.
class SheetFeed {
 public:
  SheetFeed(Window& window, SheetCells& cells, const XmlPlace& place)
      : window_(window),
        cells_(cells),
        elements_(cells, place),
        parser_(place, elements_.handlers()) {}

  void run(bool scans) {
    if (scans && (!read_head() || !scan())) return;
    do {
      if (!feed(window_.text().size())) return;
    } while (window_.read_on());
    parser_.end();
  }

 private:
  // Up to where the rows begin, if that is found; false when the parser was stopped.
  bool read_head() {
    constexpr std::string_view tag = "<sheetData>";
    std::size_t begin = std::string_view::npos;
    while (begin == std::string_view::npos && window_.read_on()) begin = window_.text().find(tag);
    if (begin == std::string_view::npos) return true;
    const std::string encoding = ascii_lower(declared_encoding(window_.text()));
    is_utf8_ = encoding.empty() || encoding == "utf-8";
    return feed(begin + tag.size());
  }

  bool feed(std::size_t size) {
    const bool goes_on = parser_.feed(window_.text().substr(0, size));
    window_.drop(size);
    return goes_on;
  }

  // False when no more rows are wanted.
  bool scan() {
    if (!is_utf8_ || !elements_.is_between_rows()) return true;
    SheetScanner scanner(cells_, elements_.preserves());
    while (true) {
      const std::string_view text = window_.text();
      std::string_view rest = text;
      SheetScanner::Step step = SheetScanner::Step::row;
      while (step == SheetScanner::Step::row) step = scanner.scan(rest);
      const std::string_view rows = text.substr(0, text.size() - rest.size());
      parser_.skip_lines(lines_in(rows));
      window_.drop(rows.size());
      if (step == SheetScanner::Step::stop) return false;
      if (step == SheetScanner::Step::other) return true;
      if (step == SheetScanner::Step::incomplete && !window_.read_on()) return true;
    }
  }

  Window& window_;
  SheetCells& cells_;
  SheetElements elements_;
  XmlPart parser_;
  bool is_utf8_ = false;
};

}  // namespace

void read_sheet_rows(const Sheet& sheet, const SheetReading& how, TextStore& texts,
                     const TakeRow& take) {
  ArchiveFile file = how.archive.open(sheet.part);
  const ReadBytes unpack = [&](char* to, std::size_t count) { return file.read(to, count); };
  std::optional<ReadAhead> ahead;
  if (how.in_two_threads) {
    constexpr std::size_t blocks = 4;
    constexpr std::size_t block_size = std::size_t{256} << 10U;
    try {
      ahead.emplace(unpack, blocks, block_size);
    } catch (const std::system_error&) {
      ahead.reset();  // no more threads: this one does it all
    }
  }
  Window window(
      [&](char* to, std::size_t count) {
        return ahead ? ahead->read(to, count) : unpack(to, count);
      },
      how.settings.window);
  SheetCells cells(sheet, how, texts, take);
  SheetFeed(window, cells, {how.archive.path(), sheet.part}).run(how.settings.scans);
}

}  // namespace gemba::inline eventlog
