#include "core/eventlog/formats/xlsx/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <exception>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::string folded(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);
  std::string text = ascii_lower(name);
  std::replace(text.begin(), text.end(), '\\', '/');
  return text;
}

/// What the library reads an archive from. Exceptions must not cross its C code: they are kept.
struct Source {
  RandomBytes& bytes;
  std::uint64_t at = 0;
  zip_error_t error;
  std::exception_ptr failure;

  explicit Source(RandomBytes& from) : bytes(from) { zip_error_init(&error); }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() { zip_error_fini(&error); }

  zip_int64_t read(void* to, zip_uint64_t count) {
    try {
      const std::size_t got = bytes.read(at, static_cast<char*>(to), count);
      at += got;
      return static_cast<zip_int64_t>(got);
    } catch (...) {
      failure = std::current_exception();
      zip_error_set(&error, ZIP_ER_READ, 0);
      return -1;
    }
  }

  zip_int64_t seek(void* arguments, zip_uint64_t size) {
    const zip_int64_t place =
        zip_source_seek_compute_offset(at, bytes.size(), arguments, size, &error);
    if (place < 0) return -1;
    at = static_cast<std::uint64_t>(place);
    return 0;
  }

  zip_int64_t stat(void* to) const {
    auto* about = static_cast<zip_stat_t*>(to);
    zip_stat_init(about);
    about->size = bytes.size();
    about->valid = ZIP_STAT_SIZE;
    return sizeof(zip_stat_t);
  }

  zip_int64_t run(void* data, zip_uint64_t size, zip_source_cmd_t command) {
    switch (command) {
      case ZIP_SOURCE_OPEN:
        at = 0;
        return 0;
      case ZIP_SOURCE_READ:
        return read(data, size);
      case ZIP_SOURCE_SEEK:
        return seek(data, size);
      case ZIP_SOURCE_TELL:
        return static_cast<zip_int64_t>(at);
      case ZIP_SOURCE_STAT:
        return stat(data);
      case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&error, data, size);
      case ZIP_SOURCE_CLOSE:
      case ZIP_SOURCE_FREE:
        return 0;
      case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
      default:
        zip_error_set(&error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
  }

  void rethrow() const {
    if (failure) std::rethrow_exception(failure);
  }
};

zip_int64_t run_source(void* source, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  return static_cast<Source*>(source)->run(data, size, command);
}

}  // namespace

struct Archive::State {
  std::string path;
  Source source;
  std::unique_ptr<zip_t, DiscardArchive> zip;
  std::vector<std::string> names;
  std::unordered_map<std::string, zip_uint64_t> number_of;

  State(RandomBytes& bytes, std::string name) : path(std::move(name)), source(bytes) {}
};

struct ArchiveFile::State {
  const Source& source;
  std::string path, name;
  std::uint64_t packed_size;
  std::unique_ptr<zip_file_t, CloseFile> file;
  std::uint64_t taken = 0;

  State(const Archive::State& archive, std::string_view part, const zip_stat_t& about,
        std::unique_ptr<zip_file_t, CloseFile> from)
      : source(archive.source),
        path(archive.path),
        name(part),
        packed_size(about.comp_size),
        file(std::move(from)) {}
};

void throw_damaged(const std::string& path, std::string_view part, std::string_view what) {
  throw Error(fmt::format(
      "'{}' is damaged: {} {}; open it in a spreadsheet program and save it again, or export it "
      "again",
      path, printable(part), what));
}

ArchiveFile::ArchiveFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveFile::ArchiveFile(ArchiveFile&&) noexcept = default;
ArchiveFile& ArchiveFile::operator=(ArchiveFile&&) noexcept = default;
ArchiveFile::~ArchiveFile() = default;

const std::string& ArchiveFile::name() const { return state_->name; }

std::size_t ArchiveFile::read(char* to, std::size_t count) {
  // Sheets of one value again and again pack to a hundredth; what packs further is no table.
  constexpr std::uint64_t harmless = std::uint64_t{64} << 20U;
  constexpr std::uint64_t most_packed = 300;
  const zip_int64_t got = zip_fread(state_->file.get(), to, count);
  if (got < 0) {
    state_->source.rethrow();
    throw_damaged(state_->path, state_->name,
                  fmt::format("cannot be unpacked ({})",
                              zip_error_strerror(zip_file_get_error(state_->file.get()))));
  }
  state_->taken += static_cast<std::uint64_t>(got);
  if (state_->taken > harmless && state_->taken / most_packed > state_->packed_size) {
    throw Error(
        fmt::format("'{}' is refused: {} blows up to more than {} times its packed size, as no "
                    "table does; save the sheet as CSV if it is one",
                    state_->path, printable(state_->name), most_packed));
  }
  return static_cast<std::size_t>(got);
}

Archive::Archive(RandomBytes& bytes, std::string path)
    : state_(std::make_unique<State>(bytes, std::move(path))) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_function_create(run_source, &state_->source, &error);
  if (source != nullptr) {
    state_->zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!state_->zip) zip_source_free(source);
  }
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (!state_->zip) {
    state_->source.rethrow();
    throw Error(
        fmt::format("'{}' is a truncated or damaged workbook or ZIP archive ({}); copy or export "
                    "it again",
                    state_->path, reason));
  }
  const zip_int64_t count = zip_get_num_entries(state_->zip.get(), 0);
  for (zip_int64_t number = 0; number < count; ++number) {
    const auto index = static_cast<zip_uint64_t>(number);
    const char* name = zip_get_name(state_->zip.get(), index, 0);
    state_->names.emplace_back(name == nullptr ? "" : name);
    state_->number_of.emplace(folded(state_->names.back()), index);
  }
}

Archive::~Archive() = default;

const std::string& Archive::path() const { return state_->path; }

const std::vector<std::string>& Archive::names() const { return state_->names; }

bool Archive::has(std::string_view name) const { return state_->number_of.contains(folded(name)); }

ArchiveFile Archive::open(std::string_view name) const {
  const auto found = state_->number_of.find(folded(name));
  if (found == state_->number_of.end()) throw_damaged(state_->path, name, "is missing");
  zip_stat_t about;
  zip_stat_init(&about);
  zip_stat_index(state_->zip.get(), found->second, 0, &about);
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    throw Error(fmt::format("'{}' is encrypted; save it without a password", state_->path));
  }
  std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(state_->zip.get(), found->second, 0));
  if (!file) {
    state_->source.rethrow();
    throw_damaged(state_->path, name,
                  fmt::format("cannot be unpacked ({})", zip_strerror(state_->zip.get())));
  }
  return ArchiveFile(std::make_unique<ArchiveFile::State>(*state_, name, about, std::move(file)));
}

std::string Archive::text(std::string_view name, std::size_t most) const {
  ArchiveFile file = open(name);
  std::string text(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    const std::size_t got = file.read(text.data() + size, most - size);
    if (got == 0) break;
    size += got;
  }
  text.resize(size);
  return text;
}

}  // namespace gemba::inline eventlog
