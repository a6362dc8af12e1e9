#include "core/interchange/xml_tree.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gemba::inline interchange {
namespace {

std::string local_name(std::string_view name) {
  return std::string(name.substr(name.rfind(':') + 1));
}

/// Turns byte offsets that only grow into places.
class PlaceCursor {
 public:
  PlaceCursor(const Source& source) : text_(source.text) {}

  Position at(std::size_t offset) {
    offset = std::min(offset, text_.size());
    for (; byte_ < offset; ++byte_) {
      const auto c = static_cast<unsigned char>(text_[byte_]);
      if (c == '\n') {
        place_ = {place_.line + 1, 1};
      } else if ((c & 0xC0U) != 0x80U) {
        ++place_.column;
      }
    }
    return place_;
  }

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  Position place_;
};

/// Builds the tree from what expat says.
class TreeBuilder {
 public:
  TreeBuilder(const Source& source, SourceId id)
      : source_(source), id_(id), cursor_(source), parser_(XML_ParserCreate("UTF-8")) {
    if (!parser_) throw Error("not enough memory to read XML");
    set_handlers();
  }

  std::optional<XmlNode> build(Diagnostics& found) {
    const XML_Status status = XML_Parse(parser_.get(), source_.text.data(),
                                        static_cast<int>(source_.text.size()), XML_TRUE);
    if (exception_) std::rethrow_exception(exception_);
    if (status == XML_STATUS_OK && failure_.empty()) return std::move(root_);
    if (failure_.empty()) {
      failure_ =
          fmt::format("this is not well-formed XML: {}; export the model again or mend this line",
                      XML_ErrorString(XML_GetErrorCode(parser_.get())));
      failure_place_ = position_at(source_, offset());
    }
    found.push_back({.code = "S001",
                     .level = Level::error,
                     .message = failure_,
                     .span = {id_, failure_place_, failure_place_}});
    return std::nullopt;
  }

 private:
  void set_handlers() {
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser,
        [](void* self, const char* name, const char** attributes) {
          auto& builder = *static_cast<TreeBuilder*>(self);
          builder.guard([&] { builder.open(name, attributes); });
        },
        [](void* self, const char*) {
          auto& builder = *static_cast<TreeBuilder*>(self);
          builder.guard([&] { builder.path_.pop_back(); });
        });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int length) {
      auto& builder = *static_cast<TreeBuilder*>(self);
      builder.guard(
          [&] { builder.path_.back()->text.append(text, static_cast<std::size_t>(length)); });
    });
    XML_SetStartDoctypeDeclHandler(
        parser, [](void* self, const char*, const char*, const char*, int) {
          static_cast<TreeBuilder*>(self)->stop(
              "a DOCTYPE is refused, because entities can hide any amount of text; delete it");
        });
  }

  // Exceptions must not cross the C code of the parser; a stopped parser may still end an element.
  template <class Work>
  void guard(Work&& work) {
    if (exception_ || !failure_.empty()) return;
    try {
      work();
    } catch (...) {
      exception_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  void open(const char* name, const char** attributes) {
    if (path_.size() >= deepest_xml) {
      return stop(fmt::format(
          "elements are nested more than {} deep, which no model needs; export it again",
          deepest_xml));
    }
    if (++elements_ > most_xml_elements) {
      return stop(
          fmt::format("there are more than {} elements, which no model needs; export a part",
                      most_xml_elements));
    }
    XmlNode node;
    node.name = local_name(name);
    for (; *attributes != nullptr; attributes += 2) {
      if (std::string_view(attributes[0]).starts_with("xmlns")) continue;
      node.attributes.emplace_back(local_name(attributes[0]), attributes[1]);
    }
    const Position begin = cursor_.at(offset());
    const auto length = static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()));
    node.span = {id_, begin, cursor_.at(offset() + length)};
    if (path_.empty()) {
      root_ = std::move(node);
      path_.push_back(&root_);
    } else {
      // Only the last child of a node is open, so that what the path points at stays where it is.
      path_.back()->children.push_back(std::move(node));
      path_.push_back(&path_.back()->children.back());
    }
  }

  void stop(std::string reason) {
    failure_ = std::move(reason);
    failure_place_ = position_at(source_, offset());
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  std::size_t offset() const {
    return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
  }

  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  const Source& source_;
  SourceId id_;
  PlaceCursor cursor_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  XmlNode root_;
  std::vector<XmlNode*> path_;
  std::size_t elements_ = 0;
  std::string failure_;
  Position failure_place_;
  std::exception_ptr exception_;
};

}  // namespace

std::string_view XmlNode::at(std::string_view attribute) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute) return value;
  }
  return {};
}

const XmlNode* XmlNode::child(std::string_view child_name) const {
  for (const XmlNode& each : children) {
    if (each.name == child_name) return &each;
  }
  return nullptr;
}

std::optional<XmlNode> read_xml_tree(const Sources& sources, SourceId source, Diagnostics& found) {
  const Source& text = sources[source];
  if (const auto invalid = find_invalid_utf8(text.text)) {
    const Position place = position_at(text, *invalid);
    found.push_back({.code = "S001",
                     .level = Level::error,
                     .message = "this is not UTF-8; save the model as UTF-8",
                     .span = {source, place, place}});
    return std::nullopt;
  }
  return TreeBuilder(text, source).build(found);
}

}  // namespace gemba::inline interchange
