#include "core/report/building/chart_index.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gemba::inline report {
namespace {

using kainjow::mustache::data;

/// A file's name as a relative address: everything but plain characters percent-encoded.
std::string address_of(std::string_view file) {
  std::string address = "./";
  for (const char c : file) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    address += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return address;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  return fmt::format("{}", fmt::join(texts, separator));
}

data card(const IndexedChart& chart) {
  data tags(data::type::list);
  for (const std::string& tag : chart.tags) tags.push_back(printable(tag));
  const std::string words = fmt::format("{} {} {} {}", chart.title, joined(chart.facts, " "),
                                        chart.trigger, joined(chart.tags, " "));
  data card;
  card.set("address", address_of(chart.file));
  card.set("title", printable(chart.title));
  card.set("facts", printable(joined(chart.facts, " · ")));
  if (!chart.trigger.empty()) card.set("trigger", printable(chart.trigger));
  card.set("words", printable(ascii_lower(words)));
  card.set("tags", tags);
  return card;
}

}  // namespace

IndexedChart indexed_chart(const Process& process, std::string file) {
  IndexedChart chart{.file = std::move(file),
                     .title = process.title,
                     .facts = {process.id},
                     .trigger = process.trigger,
                     .tags = process.tags};
  if (!process.version.empty()) chart.facts.push_back(process.version);
  if (process.owner) chart.facts.push_back(process.definitions[*process.owner].name);
  return chart;
}

std::string chart_index(const std::vector<IndexedChart>& charts, std::string_view language,
                        const std::string& page) {
  kainjow::mustache::mustache form(page);
  if (!form.is_valid())
    throw Error(fmt::format("the template of the page is faulty: {}", form.error_message()));
  const bool zh = language == "zh";
  data cards(data::type::list);
  for (const IndexedChart& chart : charts) cards.push_back(card(chart));
  data all;
  all.set("language", zh ? "zh-CN" : "en");
  all.set("heading", zh ? fmt::format("流程图 · {} 份", charts.size())
                        : counted(charts.size(), "chart", "charts"));
  all.set("search", zh ? "搜索标题、编号、岗位、标签" : "Search titles, ids, owners, tags");
  all.set("nothing", zh ? "没有符合的流程图。" : "No chart has these words.");
  all.set("charts", cards);
  return form.render(all);
}

}  // namespace gemba::inline report
