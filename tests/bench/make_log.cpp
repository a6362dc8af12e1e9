// Writes a synthetic event log to standard output:
//   gemba_make_log EVENTS [time|case|shuffled] [csv|jsonl|xes] [--quoted]
// Always the same log, in whatever order and format; memory does not grow with it. An event is a
// function of its number in order of time: 20,000 slots hold a case each, all slots have one event
// in every round, and a slot's rounds are dealt out to cases of 1 to 33 events. The log is a
// window: cases may have begun before it and go on behind it.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::uint64_t slots = 20'000;
constexpr std::uint64_t rounds_of_two_cases = 34;

constexpr std::array<std::string_view, 24> activities = {
    "Register request",
    "Check order",
    "核对订单",
    "Ask the customer for photographs",
    "Wait for the customer",
    "Classify",
    "二次审核退款金额是否超过授权额度",
    "Approve refund",
    "Approve refund above the agent's limit",
    "Pay",
    "通知客户",
    "Call the customer back",
    "Book the return of the goods",
    "Goods received in the warehouse",
    "Inspect goods",
    "质检复核",
    "Escalate to the second line",
    "Answer of the second line",
    "Reopen",
    "Write off",
    "回访",
    "Survey sent",
    "Close",
    "归档",
};
constexpr std::uint64_t resources = 60;

/// An event; the time is in milliseconds since 1970 in the log's zone.
struct Event {
  std::uint64_t case_number;
  std::uint64_t activity;
  std::uint64_t resource;
  std::int64_t time;
};

/// The output function of SplitMix64 (Steele, Lea, Flood 2014): numbers without a pattern from
/// numbers in order.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return mix(mix(a) + b); }

/// The order of the slots in each round, and the way back.
class Rounds {
 public:
  Rounds() {
    for (std::uint64_t which = 0; which < orders; ++which) {
      std::vector<std::uint16_t>& order = slot_at_[which];
      order.resize(slots);
      std::iota(order.begin(), order.end(), std::uint16_t{0});
      for (std::uint64_t last = slots - 1; last > 0; --last) {
        std::swap(order[last], order[mix(which, last) % (last + 1)]);
      }
      place_of_[which].resize(slots);
      for (std::size_t place = 0; place < slots; ++place) {
        place_of_[which][order[place]] = static_cast<std::uint16_t>(place);
      }
    }
  }

  std::uint64_t slot(std::uint64_t round, std::uint64_t place) const {
    return slot_at_[order_of(round)][(place + shift_of(round)) % slots];
  }

  std::uint64_t place(std::uint64_t round, std::uint64_t slot) const {
    return (place_of_[order_of(round)][slot] + slots - shift_of(round)) % slots;
  }

 private:
  static constexpr std::uint64_t orders = 64;
  static std::uint64_t order_of(std::uint64_t round) { return mix(round) % orders; }
  static std::uint64_t shift_of(std::uint64_t round) { return mix(round, 1) % slots; }

  std::array<std::vector<std::uint16_t>, orders> slot_at_;
  std::array<std::vector<std::uint16_t>, orders> place_of_;
};

// How many rounds of a slot's first two cases lie before the log.
std::uint64_t phase_of(std::uint64_t slot) { return mix(slot, 2) % rounds_of_two_cases; }

// Most cases follow one of 40 patterns, the first of them more often; one in ten is like no other.
std::uint64_t pattern_of(std::uint64_t case_number) {
  const std::uint64_t random = mix(case_number, 3);
  if (random % 10 == 0) return case_number + 40;
  return std::min((random >> 8U) % 40, (random >> 32U) % 40);
}

// Mostly the next activity; now and then the same again, some further on, or a step back.
std::uint64_t activity_at(std::uint64_t pattern, std::uint64_t position) {
  std::uint64_t activity = 0;
  for (std::uint64_t index = 1; index <= position; ++index) {
    const std::uint64_t random = mix(pattern, index) % 16;
    activity += random == 0 ? 0 : random == 1 ? 4 : random == 2 ? activities.size() - 2 : 1;
  }
  return activity % activities.size();
}

Event event_of(std::uint64_t number, std::uint64_t round, std::uint64_t slot) {
  const std::uint64_t turn = round + phase_of(slot);
  const std::uint64_t pair = turn / rounds_of_two_cases * slots + slot;
  const std::uint64_t first_length = 1 + mix(pair, 4) % (rounds_of_two_cases - 1);
  const std::uint64_t turn_of_pair = turn % rounds_of_two_cases;
  const bool second = turn_of_pair >= first_length;
  const std::uint64_t case_number = 2 * pair + (second ? 1 : 0);
  const std::uint64_t position = second ? turn_of_pair - first_length : turn_of_pair;
  const std::uint64_t activity = activity_at(pattern_of(case_number), position);
  const std::uint64_t random = mix(number, 5);
  constexpr std::int64_t begin = 1'325'376'000'000;  // 2012-01-01
  constexpr std::uint64_t step = 3000;
  return {.case_number = case_number,
          .activity = activity,
          .resource = (activity * 5 + random % 20) % resources,
          .time = begin + static_cast<std::int64_t>(number * step + (random >> 32U) % step)};
}

/// A shuffled order of the numbers below `size`: a Feistel network (Luby, Rackoff 1988), walked
/// again while it leads out of the numbers.
class Shuffle {
 public:
  explicit Shuffle(std::uint64_t size) : size_(size) {
    while ((std::uint64_t{1} << (2 * half_)) < size) ++half_;
  }

  std::uint64_t operator()(std::uint64_t number) const {
    const std::uint64_t mask = (std::uint64_t{1} << half_) - 1;
    do {
      std::uint64_t left = number >> half_;
      std::uint64_t right = number & mask;
      for (std::uint64_t round = 6; round < 10; ++round) {
        left ^= mix(right, round) & mask;
        std::swap(left, right);
      }
      number = left << half_ | right;
    } while (number >= size_);
    return number;
  }

 private:
  std::uint64_t size_;
  unsigned half_ = 1;
};

void fail(const char* what) {
  std::fprintf(stderr, "gemba_make_log: %s\n", what);
  std::exit(3);
}

enum class Format : std::uint8_t { csv, quoted_csv, jsonl, xes };

/// Turns events into text.
class Writer {
 public:
  explicit Writer(Format format) : format_(format) {
    constexpr std::array<std::string_view, 4> heads = {
        "case,activity,timestamp,resource\n", "\"case\",\"activity\",\"timestamp\",\"resource\"\n",
        "",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\" "
        "xes.features=\"nested-attributes\">\n"};
    text_ = heads[static_cast<std::size_t>(format)];
  }

  void write(const Event& event) {
    switch (format_) {
      case Format::csv:
        write_fields(event, "", ",", ",", ",", "\n");
        break;
      case Format::quoted_csv:
        write_fields(event, "\"", "\",\"", "\",\"", "\",\"", "\"\n");
        break;
      case Format::jsonl:
        write_fields(event, R"({"case":")", R"(","activity":")", R"(","timestamp":")",
                     R"(","resource":")", "\"}\n");
        break;
      case Format::xes:
        write_xes(event);
    }
    constexpr std::size_t enough = std::size_t{1} << 20U;
    if (text_.size() >= enough) flush();
  }

  void finish() {
    if (open_case_) text_ += "</trace>\n";
    if (format_ == Format::xes) text_ += "</log>\n";
    flush();
    if (std::fflush(stdout) != 0) fail("cannot write");
  }

 private:
  void write_fields(const Event& event, std::string_view before, std::string_view activity,
                    std::string_view time, std::string_view resource, std::string_view after) {
    text_ += before;
    put_case(event.case_number);
    text_ += activity;
    text_ += activities[event.activity];
    text_ += time;
    put_time(event.time);
    text_ += resource;
    put_resource(event.resource);
    text_ += after;
  }

  void write_xes(const Event& event) {
    if (open_case_ != event.case_number) {
      if (open_case_) text_ += "</trace>\n";
      text_ += "<trace>\n<string key=\"concept:name\" value=\"";
      put_case(event.case_number);
      text_ += "\"/>\n";
      open_case_ = event.case_number;
    }
    text_ += "<event>\n<string key=\"concept:name\" value=\"";
    text_ += activities[event.activity];
    text_ += "\"/>\n<date key=\"time:timestamp\" value=\"";
    put_time(event.time);
    text_ += "\"/>\n<string key=\"org:resource\" value=\"";
    put_resource(event.resource);
    text_ += "\"/>\n</event>\n";
  }

  void put_case(std::uint64_t number) {
    text_ += "case_";
    std::array<char, 20> digits;
    text_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
  }

  void put_resource(std::uint64_t number) {
    text_ += number % 4 == 3 ? "客服" : "agent-";
    put_digits(number, 2);
  }

  void put_digits(std::uint64_t number, std::size_t width) {
    std::array<char, 4> digits;
    for (std::size_t at = width; at-- > 0; number /= 10) {
      digits[at] = static_cast<char>('0' + number % 10);
    }
    text_.append(digits.data(), width);
  }

  void put_time(std::int64_t time) {
    constexpr std::int64_t day_length = 86'400'000;
    if (time / day_length != day_) {
      day_ = time / day_length;
      put_date();
    }
    text_ += date_;
    const auto rest = static_cast<std::uint64_t>(time % day_length);
    put_digits(rest / 3'600'000, 2);
    text_ += ':';
    put_digits(rest / 60'000 % 60, 2);
    text_ += ':';
    put_digits(rest / 1000 % 60, 2);
    text_ += '.';
    put_digits(rest % 1000, 3);
    text_ += "+01:00";
  }

  // The date is the same for many events.
  void put_date() {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day_))};
    const std::size_t end = text_.size();
    put_digits(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    text_ += '-';
    put_digits(static_cast<unsigned>(date.month()), 2);
    text_ += '-';
    put_digits(static_cast<unsigned>(date.day()), 2);
    text_ += 'T';
    date_ = text_.substr(end);
    text_.resize(end);
  }

  void flush() {
    if (std::fwrite(text_.data(), 1, text_.size(), stdout) != text_.size()) fail("cannot write");
    text_.clear();
  }

  Format format_;
  std::string text_;
  std::optional<std::uint64_t> open_case_;  ///< of XES
  std::int64_t day_ = -1;
  std::string date_;
};

void write_by_case(std::uint64_t events, const Rounds& rounds, Writer& writer) {
  for (std::uint64_t first_turn = 0;; first_turn += rounds_of_two_cases) {
    bool found = false;
    for (std::uint64_t slot = 0; slot < slots; ++slot) {
      const std::uint64_t phase = phase_of(slot);
      for (std::uint64_t turn = 0; turn < rounds_of_two_cases; ++turn) {
        if (first_turn + turn < phase) continue;
        const std::uint64_t round = first_turn + turn - phase;
        const std::uint64_t number = round * slots + rounds.place(round, slot);
        if (number >= events) break;
        found = true;
        writer.write(event_of(number, round, slot));
      }
    }
    if (!found) return;
  }
}

void write_by_number(std::uint64_t events, bool shuffled, const Rounds& rounds, Writer& writer) {
  const Shuffle shuffle(events);
  for (std::uint64_t index = 0; index < events; ++index) {
    const std::uint64_t number = shuffled ? shuffle(index) : index;
    const std::uint64_t round = number / slots;
    writer.write(event_of(number, round, rounds.slot(round, number % slots)));
  }
}

[[noreturn]] void fail_usage() {
  std::fputs(
      "usage: gemba_make_log EVENTS [time|case|shuffled] [csv|jsonl|xes] [--quoted]\n"
      "an XES log is always in order of cases\n",
      stderr);
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  std::uint64_t events = 0;
  std::string_view order;
  Format format = Format::csv;
  if (words.empty()) fail_usage();
  const std::string_view count = words.front();
  if (std::from_chars(count.data(), count.data() + count.size(), events).ptr !=
          count.data() + count.size() ||
      events == 0) {
    fail_usage();
  }
  for (const std::string_view word : std::vector(words.begin() + 1, words.end())) {
    if (word == "time" || word == "case" || word == "shuffled") {
      order = word;
    } else if (word == "csv" || word == "jsonl" || word == "xes") {
      format = word == "csv" ? Format::csv : word == "jsonl" ? Format::jsonl : Format::xes;
    } else if (word == "--quoted" && format == Format::csv) {
      format = Format::quoted_csv;
    } else {
      fail_usage();
    }
  }
  if (order.empty()) order = format == Format::xes ? "case" : "time";
  if (format == Format::xes && order != "case") fail_usage();
  const Rounds rounds;
  Writer writer(format);
  if (order == "case") {
    write_by_case(events, rounds, writer);
  } else {
    write_by_number(events, order == "shuffled", rounds, writer);
  }
  writer.finish();
}
