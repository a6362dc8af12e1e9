#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/eventlog/log_builder.h"
#include "core/eventlog/log_format.h"

namespace gemba {

namespace {

// A tag or text of this length is no log; expat keeps it in memory as a whole.
constexpr std::uint64_t longest_token = std::uint64_t{16} << 20U;
constexpr int deepest_nesting = 256;
constexpr std::size_t chunk_size = std::size_t{1} << 20U;

bool sniff(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '<';
}

std::string_view without_prefix(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

/// The key of an attribute that means something, and its value in the event at hand.
struct Field {
  std::string key;
  std::string value;
};

/// What the parser knows while it walks through the document.
class XesReader {
 public:
  XesReader(const ReadOptions& options, EventLog& log, LogBuilder& builder);

  void parse(ByteStream& stream);
  void describe_columns();

 private:
  enum FieldName : std::size_t {
    activity,
    timestamp,
    start,
    resource,
    lifecycle,
    instance,
    field_count
  };
  enum class Where : std::uint8_t { outside, trace, event };

  static constexpr std::string_view trace_prefix = "case:";
  static constexpr int trace_depth = 2;  ///< the log is at depth 1
  static constexpr int event_depth = 3;

  void open(const char* name, const char** attributes);
  void close();
  void open_trace();
  void open_event();
  void close_event();
  void take_attribute(const char** attributes,
                      void (XesReader::*take)(std::string_view, std::string_view));
  void take_event_attribute(std::string_view key, std::string_view value);
  void take_trace_attribute(std::string_view key, std::string_view value);
  void stop(std::string reason);
  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }
  [[noreturn]] void fail() const;
  void require_seen(const Field& field, bool named) const;

  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  const ReadOptions& options_;
  EventLog& log_;
  LogBuilder& builder_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::string failure_;  ///< why we stopped the parser

  int depth_ = 0;
  Where where_ = Where::outside;
  std::array<Field, field_count> fields_;
  Field case_;
  std::vector<Field>
      attributes_;  ///< `ReadOptions::attributes`; those of traces begin with `case:`
  std::vector<std::string_view> attribute_texts_;
  std::size_t trace_begin_ = 0;  ///< index of the trace's first event
  bool trace_has_events_ = false;
  std::uint64_t event_line_ = 0;  ///< where the event at hand begins
  StringPool keys_;
};

XesReader::XesReader(const ReadOptions& options, EventLog& log, LogBuilder& builder)
    : options_(options),
      log_(log),
      builder_(builder),
      parser_(XML_ParserCreate(nullptr)),
      attributes_(options.attributes.size()),
      attribute_texts_(options.attributes.size()) {
  if (!parser_) throw Error("not enough memory to read XML");
  const LogConfig& wanted = options.log;
  const auto key = [](const std::string& named, const char* standard) {
    return named.empty() ? standard : named;
  };
  fields_[activity].key = key(wanted.activity_column, "concept:name");
  fields_[timestamp].key = key(wanted.timestamp_column, "time:timestamp");
  fields_[start].key = key(wanted.start_column, "start_timestamp");
  // The user gave the attribute one of the two meanings; its name suggested the other.
  if (fields_[start].key == fields_[timestamp].key) {
    fields_[wanted.start_column.empty() ? start : timestamp].key.clear();
  }
  fields_[resource].key = key(wanted.resource_column, "org:resource");
  fields_[lifecycle].key = key(wanted.lifecycle_column, "lifecycle:transition");
  fields_[instance].key = "concept:instance";
  case_.key = key(wanted.case_column, "concept:name");
  if (case_.key.starts_with(trace_prefix)) case_.key.erase(0, trace_prefix.size());
  for (std::size_t index = 0; index < attributes_.size(); ++index) {
    attributes_[index].key = options.attributes[index];
  }
}

// Exceptions must not cross the C code of the parser: handlers leave a reason and stop it.
void XesReader::stop(std::string reason) {
  failure_ = std::move(reason);
  XML_StopParser(parser_.get(), XML_FALSE);
}

void XesReader::fail() const {
  const std::string reason =
      failure_.empty() ? XML_ErrorString(XML_GetErrorCode(parser_.get())) : failure_;
  throw Error(
      fmt::format("'{}', line {}: not a readable XES log: {}; export it again or mend that line",
                  log_.path, line(), reason));
}

void XesReader::open(const char* name, const char** attributes) {
  const std::string_view tag = without_prefix(name);
  ++depth_;
  if (depth_ > deepest_nesting) return stop("elements are nested too deeply");
  if (depth_ == 1) {
    if (tag != "log") stop(fmt::format("its root element is '{}', not 'log'", tag));
  } else if (where_ == Where::outside && depth_ == trace_depth) {
    if (tag == "trace") open_trace();
    if (tag == "event") builder_.bad_row(line(), "the event stands outside of a trace");
  } else if (where_ == Where::trace && depth_ == event_depth && tag == "event") {
    open_event();
  } else if (where_ == Where::trace && depth_ == event_depth) {
    take_attribute(attributes, &XesReader::take_trace_attribute);
  } else if (where_ == Where::event && depth_ == event_depth + 1) {
    take_attribute(attributes, &XesReader::take_event_attribute);
  }
}

void XesReader::open_trace() {
  where_ = Where::trace;
  trace_begin_ = builder_.size();
  trace_has_events_ = false;
  case_.value.clear();
  for (Field& field : attributes_) field.value.clear();
}

void XesReader::open_event() {
  where_ = Where::event;
  event_line_ = line();
  trace_has_events_ = true;
  for (Field& field : fields_) field.value.clear();
  for (Field& field : attributes_) {
    if (!field.key.starts_with(trace_prefix)) field.value.clear();
  }
}

// Lists and containers have a key but no value: what they hold is nested and says nothing about the
// event.
void XesReader::take_attribute(const char** attributes,
                               void (XesReader::*take)(std::string_view, std::string_view)) {
  std::string_view key;
  const char* value = nullptr;
  for (; *attributes != nullptr; attributes += 2) {
    if (std::strcmp(attributes[0], "key") == 0) key = attributes[1];
    if (std::strcmp(attributes[0], "value") == 0) value = attributes[1];
  }
  if (!key.empty() && value != nullptr) (this->*take)(key, value);
}

void XesReader::take_event_attribute(std::string_view key, std::string_view value) {
  keys_.intern(key);
  for (Field& field : fields_) {
    if (field.key == key) field.value = value;
  }
  for (Field& field : attributes_) {
    if (field.key == key) field.value = value;
  }
}

void XesReader::take_trace_attribute(std::string_view key, std::string_view value) {
  keys_.intern(fmt::format("{}{}", trace_prefix, key));
  if (case_.key == key) case_.value = value;
  for (Field& field : attributes_) {
    const std::string_view name = field.key;
    if (name.starts_with(trace_prefix) && name.substr(trace_prefix.size()) == key)
      field.value = value;
  }
}

void XesReader::close_event() {
  for (std::size_t index = 0; index < attributes_.size(); ++index) {
    attribute_texts_[index] = attributes_[index].value;
  }
  builder_.add_to_unnamed_case({.case_id = {},
                                .activity = fields_[activity].value,
                                .timestamp = fields_[timestamp].value,
                                .start = fields_[start].value,
                                .resource = fields_[resource].value,
                                .lifecycle = fields_[lifecycle].value,
                                .instance = fields_[instance].value,
                                .attributes = attribute_texts_},
                               event_line_);
}

void XesReader::close() {
  if (where_ == Where::event && depth_ == event_depth) {
    close_event();
    where_ = Where::trace;
  } else if (where_ == Where::trace && depth_ == trace_depth) {
    // A trace may tell its name and attributes after its events.
    if (!trace_has_events_) ++log_.quality.empty_traces;
    if (builder_.size() > trace_begin_) builder_.name_case(trace_begin_, case_.value);
    for (std::size_t index = 0; index < attributes_.size(); ++index) {
      const Field& field = attributes_[index];
      if (field.key.starts_with(trace_prefix))
        builder_.fill_attribute(trace_begin_, index, field.value);
    }
    where_ = Where::outside;
  }
  --depth_;
}

void XesReader::parse(ByteStream& stream) {
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(
      parser,
      [](void* self, const char* name, const char** attributes) {
        static_cast<XesReader*>(self)->open(name, attributes);
      },
      [](void* self, const char*) { static_cast<XesReader*>(self)->close(); });
  // Entities can blow a small file up to any size, and no log needs them.
  XML_SetStartDoctypeDeclHandler(
      parser, [](void* self, const char*, const char*, const char*, int) {
        static_cast<XesReader*>(self)->stop(
            "it has a DOCTYPE, which is refused because entities can hide any amount of text");
      });
  std::uint64_t given = 0;
  while (true) {
    void* buffer = XML_GetBuffer(parser, static_cast<int>(chunk_size));
    if (buffer == nullptr) fail();
    const std::size_t got = stream.read(static_cast<char*>(buffer), chunk_size);
    given += got;
    const bool last = got < chunk_size;
    if (XML_ParseBuffer(parser, static_cast<int>(got), last ? 1 : 0) != XML_STATUS_OK) fail();
    if (last) break;
    const auto used =
        static_cast<std::uint64_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser), 0));
    if (given - used > longest_token + chunk_size) {
      failure_ = fmt::format("a tag or text is longer than {} MiB", longest_token >> 20U);
      fail();
    }
  }
}

void XesReader::require_seen(const Field& field, bool named) const {
  if (!named || keys_.find(field.key) != StringPool::none) return;
  std::vector<std::string_view> known;
  for (std::uint32_t key = 0; key < keys_.size(); ++key) known.push_back(keys_[key]);
  throw UsageError(fmt::format("no event of '{}' has an attribute '{}'{}", log_.path, field.key,
                               did_you_mean(field.key, known)));
}

void XesReader::describe_columns() {
  const LogConfig& wanted = options_.log;
  require_seen(fields_[activity], !wanted.activity_column.empty());
  require_seen(fields_[timestamp], !wanted.timestamp_column.empty());
  require_seen(fields_[start], !wanted.start_column.empty());
  require_seen(fields_[resource], !wanted.resource_column.empty());
  require_seen(fields_[lifecycle], !wanted.lifecycle_column.empty());
  for (const Field& field : attributes_) require_seen(field, true);
  const auto key_if_seen = [&](const Field& field) {
    return keys_.find(field.key) == StringPool::none ? std::string() : field.key;
  };
  const std::string case_key = std::string(trace_prefix) + case_.key;
  if (keys_.find(case_key) != StringPool::none) log_.columns.case_columns = {case_key};
  log_.columns = {.case_columns = std::move(log_.columns.case_columns),
                  .activity = key_if_seen(fields_[activity]),
                  .timestamp = key_if_seen(fields_[timestamp]),
                  .start = key_if_seen(fields_[start]),
                  .resource = key_if_seen(fields_[resource]),
                  .lifecycle = key_if_seen(fields_[lifecycle]),
                  .instance = key_if_seen(fields_[instance])};
  for (std::uint32_t key = 0; key < keys_.size(); ++key) log_.available.emplace_back(keys_[key]);
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  XesReader reader(options, log, builder);
  reader.parse(stream);
  reader.describe_columns();
}

}  // namespace

constinit const LogFormat formats::xes{
    .name = "xes", .extensions = ".xes .xes.gz", .sniff = sniff, .read = read};

}  // namespace gemba
