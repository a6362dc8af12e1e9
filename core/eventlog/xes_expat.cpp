#include "core/eventlog/xes_expat.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "core/base/error.h"

namespace gemba {

namespace {

/// Feeds expat, and the reader with what it says.
class ExpatFeed {
 public:
  ExpatFeed(ByteStream& stream, const XmlRest& rest, XesReader& reader);

  void run(std::size_t block);

 private:
  void set_handlers();
  void open(const char* name, const char** attributes);
  void close();
  void parse(std::size_t size, bool last);
  void check_length();
  template <class Work>
  void guard(Work&& work);
  void stop(std::string reason);
  [[noreturn]] void fail() const;

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()) + rest_.line - 1; }
  std::uint64_t position() const {
    return static_cast<std::uint64_t>(
        std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
  }

  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  ByteStream& stream_;
  const XmlRest& rest_;
  XesReader& reader_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::vector<XmlAttribute> attributes_;
  std::uint64_t given_ = 0;
  std::uint64_t used_ = 0;        ///< bytes given before what is unfinished
  std::string failure_;           ///< why we stopped the parser
  std::exception_ptr exception_;  ///< what a handler threw
};

ExpatFeed::ExpatFeed(ByteStream& stream, const XmlRest& rest, XesReader& reader)
    : stream_(stream), rest_(rest), reader_(reader), parser_(XML_ParserCreate("UTF-8")) {
  if (!parser_) throw Error("not enough memory to read XML");
  set_handlers();
}

void ExpatFeed::set_handlers() {
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(
      parser,
      [](void* self, const char* name, const char** attributes) {
        static_cast<ExpatFeed*>(self)->open(name, attributes);
      },
      [](void* self, const char*) { static_cast<ExpatFeed*>(self)->close(); });
  XML_SetCommentHandler(
      parser, [](void* self, const char*) { static_cast<ExpatFeed*>(self)->check_length(); });
  XML_SetProcessingInstructionHandler(parser, [](void* self, const char*, const char*) {
    static_cast<ExpatFeed*>(self)->check_length();
  });
  // Entities can blow a small file up to any size, and no log needs them.
  XML_SetStartDoctypeDeclHandler(
      parser, [](void* self, const char*, const char*, const char*, int) {
        static_cast<ExpatFeed*>(self)->stop(
            "it has a DOCTYPE, which is refused because entities can hide any amount of text");
      });
}

// Exceptions must not cross the C code of the parser: handlers leave what happened and stop it.
void ExpatFeed::stop(std::string reason) {
  if (failure_.empty()) failure_ = std::move(reason);
  XML_StopParser(parser_.get(), XML_FALSE);
}

template <class Work>
void ExpatFeed::guard(Work&& work) {
  // What comes before the rest was read by another; a stopped parser may still end an element.
  if (position() < rest_.before.size() || !failure_.empty() || exception_) return;
  try {
    work();
  } catch (...) {
    exception_ = std::current_exception();
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void ExpatFeed::open(const char* name, const char** attributes) {
  guard([&] {
    attributes_.clear();
    for (; *attributes != nullptr; attributes += 2) {
      attributes_.push_back({attributes[0], attributes[1]});
    }
    check_length();
    if (!failure_.empty()) return;
    reader_.open({.name = name, .attributes = attributes_, .line = line()});
    if (!reader_.failure().empty()) stop(reader_.failure());
  });
}

void ExpatFeed::close() {
  guard([&] {
    check_length();
    if (failure_.empty()) reader_.close();
  });
}

// A token may be longer than it could grow between two looks at what is unfinished.
void ExpatFeed::check_length() {
  const int size = XML_GetCurrentByteCount(parser_.get());
  if (static_cast<std::uint64_t>(std::max(size, 0)) > longest_xml_token) {
    stop(fmt::format("a tag or text is longer than {} MiB", longest_xml_token >> 20U));
  }
}

void ExpatFeed::fail() const {
  if (exception_) std::rethrow_exception(exception_);
  throw_unreadable(stream_.name(), line(),
                   failure_.empty() ? XML_ErrorString(XML_GetErrorCode(parser_.get())) : failure_);
}

void ExpatFeed::parse(std::size_t size, bool last) {
  given_ += size;
  if (XML_ParseBuffer(parser_.get(), static_cast<int>(size), last ? 1 : 0) != XML_STATUS_OK) fail();
  // Without a tag since the last block, expat knows no position.
  used_ = std::max(used_, position());
  if (last || given_ - used_ <= longest_xml_token) return;
  failure_ = fmt::format("a tag or text is longer than {} MiB", longest_xml_token >> 20U);
  fail();
}

// What is at hand comes first and alone: a stream that fails later must not hide what is wrong
// here.
void ExpatFeed::run(std::size_t block) {
  const auto room = [&](std::size_t size) {
    void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(size));
    if (buffer == nullptr) fail();
    return static_cast<char*>(buffer);
  };
  for (std::string_view text : {std::string_view(rest_.before), rest_.bytes}) {
    while (!text.empty()) {
      const std::size_t size = std::min(text.size(), std::max(block, rest_.before.size()));
      text.copy(room(size), size);
      text.remove_prefix(size);
      parse(size, false);
    }
  }
  while (true) {
    const std::size_t got = stream_.read(room(block), block);
    parse(got, got < block);
    if (got < block) return;
  }
}

}  // namespace

void throw_unreadable(const std::string& path, std::uint64_t line, const std::string& reason) {
  throw Error(
      fmt::format("'{}', line {}: not a readable XES log: {}; export it again or mend that line",
                  path, line, reason));
}

void read_with_expat(ByteStream& stream, const XmlRest& rest, XesReader& reader,
                     std::size_t block) {
  ExpatFeed(stream, rest, reader).run(block);
}

}  // namespace gemba
