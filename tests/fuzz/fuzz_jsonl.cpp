// Lines of JSON: objects are those of another reader, or the text is refused; logs hold together.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/eventlog/formats/jsonl/json_lines.h"
#include "core/eventlog/read_log.h"
#include "tests/json.h"

namespace {

using namespace gemba;
using Json = nlohmann::json;

void require(bool good) {
  if (!good) __builtin_trap();
}

/// What becomes of a text: the objects, or why it is refused.
struct Reading {
  std::vector<Json> objects;  ///< the fields that have a text, by column
  std::string refusal;        ///< of the first bad line, or of the whole
};

Reading read_by_gemba(std::string_view text) {
  Reading reading;
  try {
    ByteStream stream = ByteStream::of_text(text, "x");
    JsonLines lines(stream);
    for (auto found = lines.next(); found != JsonLines::Found::end; found = lines.next()) {
      if (found == JsonLines::Found::bad_line) {
        require(!lines.reason().empty() && lines.line() > 0);
        reading.refusal = lines.reason();
        return reading;
      }
      Json& object = reading.objects.emplace_back(Json::object());
      const auto& columns = lines.object().columns();
      require(columns.size() == lines.object().fields().size());
      for (std::size_t index = 0; index < columns.size(); ++index) {
        const std::string_view field = lines.object().fields()[index];
        if (!field.empty()) object[columns[index]] = field;
      }
    }
  } catch (const Error& error) {
    reading.refusal = error.what();
    require(!reading.refusal.empty());
  }
  return reading;
}

/// Goes behind white space as JSON knows it; false at the end.
bool skip_space(std::istream& stream) {
  while (std::string_view(" \t\r\n").find(static_cast<char>(stream.peek())) !=
         std::string_view::npos) {
    stream.get();
  }
  return stream.peek() != std::char_traits<char>::eof();
}

/// None where the other reader has a limit of its own: numbers that no double can hold.
std::optional<Reading> read_by_other(const std::string& text) {
  Reading reading;
  std::istringstream stream(text);
  try {
    while (skip_space(stream)) {
      Json value;
      stream >> value;
      const bool is_array = value.is_array() && reading.objects.empty();
      std::vector<Json> all = is_array ? value.get<std::vector<Json>>() : std::vector<Json>{value};
      for (Json& one : all) {
        if (!one.is_object()) reading.refusal = "no object";
        reading.objects.push_back(std::move(one));
      }
      if (is_array && skip_space(stream)) {
        reading.refusal = "text behind the array";
      }
      if (!reading.refusal.empty()) break;
    }
  } catch (const Json::parse_error& error) {
    reading.refusal = error.what();
  } catch (const Json::out_of_range&) {
    return std::nullopt;
  }
  return reading;
}

bool is_plain(const std::string& key) {
  return key.find('.') == std::string::npos && key.size() + 2 <= JsonObject::longest_name;
}

void compare(const Json& fields, const Json& object) {
  for (const auto& [key, value] : object.items()) {
    if (value.is_string() && !value.get_ref<const std::string&>().empty() && is_plain(key)) {
      require(fields.contains(key) && fields[key] == value);
    }
  }
  for (const auto& [key, text] : fields.items()) {
    if (!is_plain(key)) continue;
    require(object.contains(key));
    const Json& value = object[key];
    require(value.is_primitive() && !value.is_null());
    if (value.is_boolean()) require(text == value.dump());
    if (value.is_number()) require(Json::parse(text.get<std::string>()) == value);
  }
}

/// Both readers accept the same texts and find the same in them; but gemba has limits.
void compare(const std::string& text) {
  const Reading ours = read_by_gemba(text);
  const std::optional<Reading> other = read_by_other(text);
  if (!other) return;
  const bool is_limit = ours.refusal.find("it has more than") != std::string::npos ||
                        ours.refusal.find("it holds more than") != std::string::npos;
  if (!is_limit) require(ours.refusal.empty() == other->refusal.empty());
  if (!ours.refusal.empty()) return;
  require(ours.objects.size() == other->objects.size());
  for (std::size_t index = 0; index < ours.objects.size(); ++index) {
    compare(ours.objects[index], other->objects[index]);
  }
}

/// All that is told about a log, or why there is none.
std::string summary(std::string_view text) {
  try {
    const EventLog log = read_log_text(text, "x");
    std::string shown = log.format + std::to_string(log.size());
    require(log.quality.rows == static_cast<std::int64_t>(log.size()) + log.quality.bad_rows);
    for (std::size_t id = 0; id < log.case_count(); ++id) shown += log.name(CaseId(id));
    for (const ActivityId id : log.activity) shown += log.name(id);
    for (const BadRow& row : log.quality.bad_examples) {
      require(row.line > 0 && !row.reason.empty());
      shown += std::to_string(row.line) + row.reason;
    }
    return shown;
  } catch (const Error& error) {
    return error.what();
  } catch (const UsageError& error) {
    return error.what();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  require(summary(text) == summary(text));
  // Bytes above 127 are no business of the grammar; the other reader wants good UTF-8.
  std::string plain = text;
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) > 127; }, 'x');
  compare(plain);
  constexpr int most_lines = 6;
  std::istringstream lines(plain);
  std::string line;
  for (int count = 0; count < most_lines && std::getline(lines, line) && line != plain; ++count) {
    compare(line);
  }
  return 0;
}
