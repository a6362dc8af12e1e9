#include "core/eventlog/formats/xlsx/compound_file.h"

#include <array>
#include <set>
#include <string>

namespace gemba::inline eventlog {

namespace {

// Numbers are little-endian.
std::uint32_t number(std::string_view from, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t byte = size; byte-- > 0;)
    value = value << 8U | static_cast<unsigned char>(from[at + byte]);
  return value;
}

/// The directory of a compound file, read as far as it is sound.
class Directory {
 public:
  explicit Directory(RandomBytes& bytes) : bytes_(bytes) { read(); }

  bool has(std::string_view name) const { return names_.contains(std::string(name)); }

 private:
  static constexpr std::size_t header_size = 512;
  static constexpr std::size_t entry_size = 128;

  std::string at(std::uint64_t offset, std::size_t size) const {
    std::string text(size, '\0');
    text.resize(bytes_.read(offset, text.data(), size));
    text.resize(size, '\0');
    return text;
  }

  std::uint64_t offset_of(std::uint32_t sector) const {
    return (std::uint64_t{sector} + 1) << sector_bits_;
  }

  // The sector that follows another one, by the table of which the header names the first sectors.
  std::uint32_t after(std::uint32_t sector) const {
    constexpr std::uint32_t none = 0xFFFF'FFFE;
    constexpr std::size_t first_place = 76;
    constexpr std::uint32_t places = 109;
    const std::uint32_t per_sector = (1U << sector_bits_) / 4;
    const std::uint32_t place = sector / per_sector;
    if (place >= places) return none;
    const std::uint32_t table = number(header_, first_place + 4 * std::size_t{place}, 4);
    return number(at(offset_of(table) + 4 * std::uint64_t{sector % per_sector}, 4), 0, 4);
  }

  void read() {
    constexpr std::uint32_t last_sector = 0xFFFF'FFFA;
    constexpr int most_sectors = 256;
    header_ = at(0, header_size);
    sector_bits_ = number(header_, 30, 2);
    if (sector_bits_ != 9 && sector_bits_ != 12) return;
    std::uint32_t sector = number(header_, 48, 4);
    for (int count = 0; sector < last_sector && count < most_sectors; ++count) {
      const std::string text = at(offset_of(sector), std::size_t{1} << sector_bits_);
      for (std::size_t entry = 0; entry < text.size(); entry += entry_size) add(text, entry);
      sector = after(sector);
    }
  }

  // Names that matter here are ASCII, in UTF-16.
  void add(const std::string& text, std::size_t entry) {
    constexpr std::size_t longest = 64;
    const std::size_t size = number(text, entry + longest, 2);
    if (size < 2 || size > longest) return;
    std::string name;
    for (std::size_t unit = 0; unit + 2 < size; unit += 2) name += text[entry + unit];
    names_.insert(std::move(name));
  }

  RandomBytes& bytes_;
  std::string header_;
  std::uint32_t sector_bits_ = 0;
  std::set<std::string> names_;
};

}  // namespace

std::string_view describe_compound_file(RandomBytes& bytes) {
  const Directory directory(bytes);
  if (directory.has("EncryptedPackage") || directory.has("EncryptionInfo"))
    return "an encrypted workbook; save it without a password";
  if (directory.has("Workbook") || directory.has("Book"))
    return "an Excel workbook of the old kind (.xls); save it as .xlsx or CSV";
  if (directory.has("WordDocument")) return "a Word document; export the log as .xlsx or CSV";
  return "an old Office document; save the log as .xlsx or CSV";
}

}  // namespace gemba::inline eventlog
