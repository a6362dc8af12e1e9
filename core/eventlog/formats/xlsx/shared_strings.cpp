#include "core/eventlog/formats/xlsx/shared_strings.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/eventlog/formats/xlsx/package.h"
#include "core/eventlog/formats/xlsx/rich_text.h"

namespace gemba::inline eventlog {

SharedStrings::SharedStrings(const Archive& archive, std::string_view part) {
  const XmlPlace place{archive.path(), std::string(part)};
  RichText item;
  bool in_item = false;
  bool preserve = false;
  read_part(
      archive, part,
      {.root =
           [&](std::string_view name, std::string_view space, XmlAttributes attributes) {
             require_spreadsheet_root(place, "sst", name, space);
             preserve = attributes.at("xml:space") == "preserve";
           },
       .open =
           [&](std::string_view name, XmlAttributes attributes) {
             if (in_item) return item.open(name, attributes);
             if (name != "si") return;
             item.begin(preserve);
             in_item = true;
           },
       .close =
           [&](std::string_view) {
             if (!in_item || item.close()) return true;
             in_item = false;
             const std::string& text = item.text();
             if (bytes_.size() + text.size() > most_bytes) {
               throw Error(fmt::format("'{}' has more than {} MiB of texts; save the sheet as CSV",
                                       archive.path(), most_bytes >> 20U));
             }
             bytes_.insert(bytes_.end(), text.begin(), text.end());
             ends_.push_back(bytes_.size());
             return true;
           },
       .text = [&](std::string_view piece) { item.add(piece); }});
}

}  // namespace gemba::inline eventlog
