#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/process.h"

namespace gemba::inline report {

/// A chart that was drawn, as the page of all charts shows it.
struct IndexedChart {
  std::string file;  ///< name of the picture, beside the page
  std::string title;
  std::vector<std::string> facts;  ///< id, version, owner …: small print
  std::string trigger;             ///< when the procedure begins; may be empty
  std::vector<std::string> tags;
};

/// What the page says about the chart of a process in a file of this name.
IndexedChart indexed_chart(const Process& process, std::string file);

/// A page with a thumbnail of every chart and a search field. `page` is the Mustache template
/// `templates/site/index.html`; whatever charts say is text in it, never markup. `language` (`zh`
/// or `en`) is that of the captions.
std::string chart_index(const std::vector<IndexedChart>& charts, std::string_view language,
                        const std::string& page);

}  // namespace gemba::inline report
