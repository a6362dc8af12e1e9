#pragma once
#include <algorithm>
#include <string>

namespace gemba::test {

/// A net between start and end with a page, as tools write it.
inline std::string pnml(const std::string& content, const std::string& beside = {}) {
  return "<?xml version='1.0' encoding='UTF-8'?>\n<pnml xmlns='http://www.pnml.org/version-2009/"
         "grammar/pnml'>\n<net id='n' type='http://www.pnml.org/version-2009/grammar/ptnet'><page "
         "id='g'>\n" +
         content + "\n</page>" + beside + "</net>\n</pnml>\n";
}

/// `name/text` of a transition that is a letter, or the marks of a silent one.
inline std::string transition(const std::string& id, const std::string& name) {
  return "<transition id='" + id + "'>" +
         (name.empty() ? "" : "<name><text>" + name + "</text></name>") + "</transition>";
}

/// Arcs along a way: `p0 t p1`.
inline std::string arcs(const std::string& way) {
  std::string text;
  std::string from;
  for (std::size_t at = 0; at < way.size();) {
    const std::size_t end = std::min(way.find(' ', at), way.size());
    const std::string to = way.substr(at, end - at);
    if (!from.empty()) text += "<arc source='" + from + "' target='" + to + "'/>";
    from = to;
    at = end + 1;
  }
  return text;
}

/// Places of one letter each.
inline std::string places(const std::string& names) {
  std::string text;
  for (const char name : names) text += std::string("<place id='") + name + "'/>";
  return text;
}

}  // namespace gemba::test
