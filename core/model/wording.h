#pragma once
#include <string>
#include <vector>

#include "core/model/process.h"

namespace gemba::inline model {

/// A condition for readers: data by their names, `≤ ≥ ≠`, no quotes, `且 或 非` in Chinese.
/// `refund_amount <= 50` becomes `退款金额 ≤ 50`. A plain label stays as it is.
std::string readable_condition(const Condition& condition, const Process& process, bool chinese);

/// A share of cases: `12%`, `0.4%`, `<0.1%`.
std::string readable_share(double share);

/// At most two decimals, thousands apart: `1,204`, `12.5`.
std::string readable_number(double value);

/// A time as documents state it: `2h`, `1 工作日` (`1bd`), `4h 工时` (`4h bh`).
std::string readable_duration(const Duration& duration, bool chinese);

/// A working time: `2m`, `1m–5m`, `≈3m`.
std::string readable_work_time(const WorkTime& time, bool chinese);

/// `照片`, or `照片(如有)` for a need that is optional.
std::string data_name(const DataUse& use, const Process& process, bool chinese);

/// Names of data, separated as the language does.
std::string data_names(const std::vector<DataUse>& uses, const Process& process, bool chinese);

/// Names of the systems of a step, separated as the language does; empty for none.
std::string system_names(const Step& step, const Process& process, bool chinese);

}  // namespace gemba::inline model
