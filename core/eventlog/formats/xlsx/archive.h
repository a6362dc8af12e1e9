#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/random_bytes.h"

namespace gemba::inline eventlog {

/// A file of an archive that is being unpacked. It uses the archive: one at a time.
class ArchiveFile {
 public:
  ArchiveFile(ArchiveFile&&) noexcept;
  ArchiveFile& operator=(ArchiveFile&&) noexcept;
  ~ArchiveFile();

  /// Its name in the archive.
  const std::string& name() const;

  /// Up to `count` (more than 0) unpacked bytes, at least one; 0 at the end. Throws `Error` when
  /// the archive is damaged, the check sum is wrong or the file blows up to what no workbook holds.
  std::size_t read(char* to, std::size_t count);

 private:
  friend class Archive;
  struct State;
  explicit ArchiveFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A ZIP archive (APPNOTE 6.3.10), also one of more than 4 GiB, with files that are stored or
/// deflated.
class Archive {
 public:
  /// Reads the directory. `bytes` outlives the archive; `path` stands for it in messages. Throws
  /// `Error` when there is none.
  Archive(RandomBytes& bytes, std::string path);
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive();

  const std::string& path() const;

  /// The names of all files, in the order of the directory.
  const std::vector<std::string>& names() const;

  /// Whether there is a file of this name: letters in any case (ECMA-376 Part 2, 6.2.2.3), a
  /// backslash counts as a slash.
  bool has(std::string_view name) const;

  /// Begins to unpack a file. Throws `Error` when it is not there, is encrypted or is packed in a
  /// way that is not known.
  ArchiveFile open(std::string_view name) const;

  /// What a file holds, which is `most` bytes or fewer. Throws like `open` and `read`.
  std::string text(std::string_view name, std::size_t most) const;

 private:
  friend class ArchiveFile;
  struct State;
  std::unique_ptr<State> state_;
};

/// Says that a part of a workbook cannot be used, and what to do.
[[noreturn]] void throw_damaged(const std::string& path, std::string_view part,
                                std::string_view what);

}  // namespace gemba::inline eventlog
