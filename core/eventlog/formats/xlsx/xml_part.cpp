#include "core/eventlog/formats/xlsx/xml_part.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <memory>

#include "core/base/error.h"
#include "core/eventlog/formats/xlsx/archive.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::uint64_t longest_tag = std::uint64_t{1} << 20U;
constexpr std::size_t longest_piece = std::size_t{64} << 10U;
constexpr std::size_t deepest = 100;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

/// Feeds expat, and the handlers with what it says.
struct XmlPart::State {
  State(XmlPlace at, XmlHandlers all);

  void set_handlers();
  void open(const char* name, const char** attributes);
  void open_root(std::string_view name);
  void close(const char* name);
  void text(const char* begin, int size);
  template <class Work>
  void guard(Work&& work);
  bool parse(std::string_view piece, bool last);
  [[noreturn]] void fail(std::string_view what) const;

  // The name without the prefix of the root; empty when it is in another name space.
  std::string_view own_name(const char* name) const {
    const std::string_view text = name;
    if (prefix.empty()) return text.find(':') == std::string_view::npos ? text : "";
    return text.starts_with(prefix) ? text.substr(prefix.size()) : "";
  }

  std::uint64_t position() const {
    return static_cast<std::uint64_t>(
        std::max<XML_Index>(XML_GetCurrentByteIndex(parser.get()), 0));
  }

  struct FreeParser {
    void operator()(XML_Parser each) const { XML_ParserFree(each); }
  };

  XmlPlace place;
  XmlHandlers handlers;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser;
  std::vector<XmlAttribute> attributes;
  std::string prefix;       ///< of the root, with its colon
  std::size_t depth = 0;    ///< of the elements that are open
  std::size_t foreign = 0;  ///< of those, the ones within another name space
  std::uint64_t skipped_lines = 0;
  std::uint64_t given = 0;
  std::uint64_t used = 0;  ///< bytes given before what is unfinished
  bool stopped = false;
  std::exception_ptr exception;  ///< what a handler threw
};

XmlPart::State::State(XmlPlace at, XmlHandlers all)
    : place(std::move(at)), handlers(std::move(all)), parser(XML_ParserCreate(nullptr)) {
  if (!parser) throw Error("not enough memory to read XML");
  if (!handlers.root) handlers.root = [](std::string_view, std::string_view, XmlAttributes) {};
  if (!handlers.open) handlers.open = [](std::string_view, XmlAttributes) {};
  if (!handlers.close) handlers.close = [](std::string_view) { return true; };
  if (!handlers.text) handlers.text = [](std::string_view) {};
  set_handlers();
}

void XmlPart::State::set_handlers() {
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(
      parser.get(),
      [](void* self, const char* name, const char** given_attributes) {
        static_cast<State*>(self)->open(name, given_attributes);
      },
      [](void* self, const char* name) { static_cast<State*>(self)->close(name); });
  XML_SetCharacterDataHandler(parser.get(), [](void* self, const char* begin, int size) {
    static_cast<State*>(self)->text(begin, size);
  });
  // Entities can blow a small file up to any size.
  XML_SetStartDoctypeDeclHandler(
      parser.get(), [](void* self, const char*, const char*, const char*, int) {
        auto* state = static_cast<State*>(self);
        state->guard([&] { state->fail("has a DOCTYPE, which no part of a workbook may have"); });
      });
}

// Exceptions must not cross the C code of the parser: they are kept, and it stops.
template <class Work>
void XmlPart::State::guard(Work&& work) {
  if (stopped) return;
  try {
    work();
  } catch (...) {
    exception = std::current_exception();
    stopped = true;
  }
  if (stopped) XML_StopParser(parser.get(), XML_FALSE);
}

void XmlPart::State::open(const char* name, const char** given_attributes) {
  guard([&] {
    if (++depth > deepest) fail("has elements within elements, deeper than a workbook has them");
    attributes.clear();
    for (; *given_attributes != nullptr; given_attributes += 2)
      attributes.push_back({given_attributes[0], given_attributes[1]});
    if (depth == 1) return open_root(name);
    const std::string_view own = own_name(name);
    if (foreign > 0 || own.empty()) {
      ++foreign;
    } else {
      handlers.open(own, XmlAttributes(attributes));
    }
  });
}

void XmlPart::State::open_root(std::string_view name) {
  const std::string_view local = local_name(name);
  prefix = name.substr(0, name.size() - local.size());
  const std::string declares =
      prefix.empty() ? "xmlns" : "xmlns:" + prefix.substr(0, prefix.size() - 1);
  const XmlAttributes all(attributes);
  handlers.root(local, all.at(declares), all);
}

void XmlPart::State::close(const char* name) {
  guard([&] {
    --depth;
    if (foreign > 0) {
      --foreign;
    } else if (depth > 0) {
      stopped = !handlers.close(own_name(name));
    }
  });
}

void XmlPart::State::text(const char* begin, int size) {
  if (foreign > 0 || depth < 2) return;
  guard([&] { handlers.text({begin, static_cast<std::size_t>(size)}); });
}

void XmlPart::State::fail(std::string_view what) const {
  throw_damaged(
      place.path, place.part,
      fmt::format("(line {}) {}", XML_GetCurrentLineNumber(parser.get()) + skipped_lines, what));
}

bool XmlPart::State::parse(std::string_view piece, bool last) {
  if (stopped) return false;
  given += piece.size();
  const XML_Status status =
      XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (exception) std::rethrow_exception(exception);
  if (stopped) return false;
  if (status != XML_STATUS_OK)
    fail(fmt::format("is no well-formed XML: {}", XML_ErrorString(XML_GetErrorCode(parser.get()))));
  used = std::max(used, position());
  if (!last && given - used > longest_tag + longest_piece)
    fail(fmt::format("has a tag of more than {} MiB", longest_tag >> 20U));
  return true;
}

XmlPart::XmlPart(XmlPlace place, XmlHandlers handlers)
    : state_(std::make_unique<State>(std::move(place), std::move(handlers))) {}

XmlPart::~XmlPart() = default;

// The parser copies a piece; a small one stays in the cache.
bool XmlPart::feed(std::string_view piece) {
  for (std::size_t at = 0; at < piece.size(); at += longest_piece) {
    if (!state_->parse(piece.substr(at, longest_piece), false)) return false;
  }
  return !state_->stopped;
}

void XmlPart::end() { state_->parse({}, true); }

void XmlPart::skip_lines(std::uint64_t lines) { state_->skipped_lines += lines; }

std::string_view XmlAttributes::prefixed(std::string_view local) const {
  for (const XmlAttribute& each : all_) {
    const std::size_t colon = each.name.find(':');
    if (colon != std::string_view::npos && each.name.substr(colon + 1) == local) return each.value;
  }
  return {};
}

void read_xml_part(const ReadBytes& bytes, const XmlPlace& place, XmlHandlers handlers) {
  XmlPart part(place, std::move(handlers));
  std::vector<char> buffer(longest_piece);
  while (true) {
    const std::size_t got = bytes(buffer.data(), buffer.size());
    if (got == 0) return part.end();
    if (!part.feed({buffer.data(), got})) return;
  }
}

}  // namespace gemba::inline eventlog
