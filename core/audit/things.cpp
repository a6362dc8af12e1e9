#include "core/audit/things.h"

#include <algorithm>
#include <array>

#include "core/audit/name_words.h"
#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array things = {"货"sv,   "商品"sv, "包裹"sv, "快递"sv, "样品"sv, "样本"sv,
                               "标本"sv, "血样"sv, "物料"sv, "设备"sv, "药品"sv, "实物"sv};
constexpr std::array english_things = {
    "goods"sv,  "parcel"sv, "package"sv,  "sample"sv,   "specimen"sv, "bag"sv,      "drug"sv,
    "pallet"sv, "stock"sv,  "material"sv, "medicine"sv, "device"sv,   "equipment"sv};
/// What makes a paper, a sum or a place of it: 发货单, 货款.
constexpr std::array about_things = {
    "单"sv,   "款"sv,   "号"sv,   "信息"sv, "记录"sv, "申请"sv, "清单"sv, "证"sv,   "照片"sv,
    "图"sv,   "编码"sv, "代码"sv, "名称"sv, "价"sv,   "金额"sv, "状态"sv, "资料"sv, "报告"sv,
    "截图"sv, "表"sv,   "原因"sv, "明细"sv, "页"sv,   "链接"sv, "期"sv,   "币"sv};
constexpr std::array handling = {"签收"sv, "称重"sv, "打包"sv, "装车"sv,   "采样"sv,    "抽样"sv,
                                 "取样"sv, "寄出"sv, "寄回"sv, "寄件"sv,   "邮寄"sv,    "寄送"sv,
                                 "拣选"sv, "ship"sv, "pack"sv, "unpack"sv, "deliver"sv, "weigh"sv};

bool is_about(std::string_view behind) {
  return std::any_of(about_things.begin(), about_things.end(),
                     [&](std::string_view word) { return behind.starts_with(word); });
}

}  // namespace

bool says_things(std::string_view text) {
  if (says_any(text, handling)) return true;
  const bool chinese = std::any_of(things.begin(), things.end(), [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      if (!is_about(text.substr(at + word.size()))) return true;
    }
    return false;
  });
  return chinese || says_any(text, english_things);
}

bool is_thing(const Data& datum) {
  const std::string name = ascii_lower(datum.name);
  const std::string_view head = std::string_view(name).substr(name.rfind(' ') + 1);
  return says_any(head, english_things) ||
         std::any_of(things.begin(), things.end(),
                     [&](std::string_view word) { return name.ends_with(word); });
}

bool works_on_things(const Process& process, const Step& step) {
  const auto thing = [&](const DataUse& use) { return is_thing(process.definitions[use.data]); };
  return says_things(step.name) || std::any_of(step.needs.begin(), step.needs.end(), thing) ||
         std::any_of(step.makes.begin(), step.makes.end(), thing);
}

}  // namespace gemba::inline audit
