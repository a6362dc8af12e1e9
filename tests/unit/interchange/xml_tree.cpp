#include "core/interchange/xml_tree.h"

#include <doctest/doctest.h>

#include <string>

using namespace gemba;

namespace {

/// An element with all that it holds: `name(key=value)[text]{children}`.
std::string show(const XmlNode& node) {
  std::string text = node.name;
  for (const auto& [key, value] : node.attributes) text += "(" + key + "=" + value + ")";
  if (!node.text.empty()) text += "[" + node.text + "]";
  if (node.children.empty()) return text;
  text += "{";
  for (const XmlNode& child : node.children) text += show(child);
  return text + "}";
}

std::string read(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const auto tree = read_xml_tree(sources, sources.add("a.xml", text), found);
  CHECK(tree.has_value() == found.empty());
  if (tree) return show(*tree);
  const Diagnostic& fault = found.front();
  return std::string(fault.code) + " " + std::to_string(fault.span.begin.line) + ":" +
         std::to_string(fault.span.begin.column) + " " + fault.message;
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

}  // namespace

TEST_CASE("XML as tools write it") {
  struct Row {
    const char* text;
    const char* tree;
  };
  const Row rows[] = {
      {"<a/>", "a"},
      {"\xEF\xBB\xBF<?xml version='1.0'?><a b='1' c=\"2\"/>", "a(b=1)(c=2)"},
      {"<n:a xmlns:n='urn:x' xmlns='urn:y' n:b='1'><c>核对</c></n:a>", "a(b=1){c[核对]}"},
      {"<a>x<!-- <b/> -->y<![CDATA[<&]]>&lt;&#x6838;</a>", "a[xy<&<核]"},
      {"<a><b/>\n<b x='&quot;'/></a>\n", "a[\n]{bb(x=\")}"},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a>款</a>", "a[款]"}};
  for (const Row& row : rows) CHECK(read(row.text) == row.tree);
}

TEST_CASE("what is no XML is said with its place") {
  CHECK(read("<a>\n  <b>\n</a>").starts_with("S001 3:3 this is not well-formed XML: mismatched"));
  CHECK(read("<a>\n<款 b=/>").starts_with("S001 2:6 "));
  CHECK(read("<a><b>").starts_with("S001 1:7 "));
  CHECK(read("").starts_with("S001 1:1 "));
  CHECK(read("<a/><b/>").starts_with("S001 1:5 "));
  CHECK(read(std::string("<a>\0</a>", 8)).starts_with("S001 1:4 "));
  CHECK(read("<a>\n<b c='\xB4\xF3'/></a>") ==
        "S001 2:7 this is not UTF-8; save the model as UTF-8");
  CHECK(read("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>") ==
        "S001 1:13 a DOCTYPE is refused, because entities can hide any amount of text; delete it");
}

TEST_CASE("a tree is neither too deep nor too large") {
  CHECK(read(nested(deepest_xml)).starts_with("a{a{"));
  for (const std::size_t depth : {deepest_xml + 1, std::size_t{100'000}}) {
    CHECK(read(nested(depth)) ==
          "S001 1:3001 elements are nested more than 1000 deep, which no model needs; export it "
          "again");
  }
  std::string many = "<a>";
  for (std::size_t i = 0; i < most_xml_elements; ++i) many += "<b/>";
  CHECK(read(many + "</a>").find("there are more than 500000 elements") != std::string::npos);
}

TEST_CASE("a node knows where its tag stands") {
  Sources sources;
  Diagnostics found;
  const SourceId id = sources.add("a.xml", "<a>\n  退款<b\n x='1'>t</b><c/></a>");
  const auto tree = read_xml_tree(sources, id, found);
  REQUIRE(tree);
  REQUIRE(tree->children.size() == 2);
  CHECK(tree->children[0].span == SourceSpan{id, {2, 5}, {3, 8}});
  CHECK(tree->children[1].span == SourceSpan{id, {3, 13}, {3, 17}});
  CHECK(tree->at("x").empty());
  CHECK(tree->child("b")->at("x") == "1");
  CHECK(tree->child("d") == nullptr);
}
