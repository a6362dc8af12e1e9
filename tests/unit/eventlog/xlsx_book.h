#pragma once
#include <zlib.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gemba {

/// How a test archive is packed.
struct ZipStyle {
  bool deflated = true;
  bool zip64 = false;           ///< sizes stand in the extra fields of 64 bits
  std::uint16_t flags = 0;      ///< general purpose bits: 1 is encrypted
  std::uint32_t crc_fault = 0;  ///< added to the check sums
};

namespace zip_writing {

inline void put(std::string& to, std::uint64_t value, int bytes) {
  for (int byte = 0; byte < bytes; ++byte) to += static_cast<char>(value >> (8 * byte) & 0xFF);
}

inline std::string deflated(const std::string& text) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// What the header of a file in the archive and its entry in the directory have in common.
struct Entry {
  std::string name, bytes;
  std::uint32_t crc = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;

  void put_common(std::string& to, const ZipStyle& style, bool in_directory) const {
    constexpr std::uint32_t elsewhere = 0xFFFF'FFFF;
    put(to, style.zip64 ? 45 : 20, 2);
    put(to, style.flags, 2);
    put(to, style.deflated ? 8 : 0, 2);
    put(to, 0, 2);
    put(to, 0x21, 2);  // 1980-01-01
    put(to, crc, 4);
    put(to, style.zip64 ? elsewhere : bytes.size(), 4);
    put(to, style.zip64 ? elsewhere : size, 4);
    put(to, name.size(), 2);
    put(to, !style.zip64 ? 0U : in_directory ? 28U : 20U, 2);
  }

  void put_extra(std::string& to, const ZipStyle& style, bool in_directory) const {
    if (!style.zip64) return;
    put(to, 1, 2);
    put(to, in_directory ? 24 : 16, 2);
    put(to, size, 8);
    put(to, bytes.size(), 8);
    if (in_directory) put(to, offset, 8);
  }
};

}  // namespace zip_writing

/// A ZIP archive, made without the library that reads it.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files,
                          const ZipStyle& style = {}) {
  using zip_writing::put;
  std::string archive;
  std::string directory;
  for (const auto& [name, text] : files) {
    zip_writing::Entry entry{name, style.deflated ? zip_writing::deflated(text) : text};
    entry.crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(text.data()),
                                                 static_cast<uInt>(text.size()))) +
                style.crc_fault;
    entry.size = text.size();
    entry.offset = archive.size();
    archive += "PK\x03\x04";
    entry.put_common(archive, style, false);
    archive += name;
    entry.put_extra(archive, style, false);
    archive += entry.bytes;
    directory += "PK\x01\x02";
    put(directory, style.zip64 ? 45 : 20, 2);
    entry.put_common(directory, style, true);
    directory.append(2 + 2 + 2 + 4, '\0');
    put(directory, style.zip64 ? 0xFFFF'FFFFU : entry.offset, 4);
    directory += name;
    entry.put_extra(directory, style, true);
  }
  const std::uint64_t begin = archive.size();
  archive += directory;
  if (style.zip64) {
    const std::uint64_t end = archive.size();
    archive += "PK\x06\x06";
    put(archive, 44, 8);
    put(archive, 45, 2);
    put(archive, 45, 2);
    put(archive, 0, 8);
    put(archive, files.size(), 8);
    put(archive, files.size(), 8);
    put(archive, directory.size(), 8);
    put(archive, begin, 8);
    archive += "PK\x06\x07";
    put(archive, 0, 4);
    put(archive, end, 8);
    put(archive, 1, 4);
  }
  archive += "PK\x05\x06";
  put(archive, 0, 4);
  put(archive, style.zip64 ? 0xFFFFU : files.size(), 2);
  put(archive, style.zip64 ? 0xFFFFU : files.size(), 2);
  put(archive, style.zip64 ? 0xFFFF'FFFFU : directory.size(), 4);
  put(archive, style.zip64 ? 0xFFFF'FFFFU : begin, 4);
  put(archive, 0, 2);
  return archive;
}

/// A workbook of one sheet, whose parts tests change.
struct TestBook {
  std::map<std::string, std::string> parts;

  /// `rows` stand within `sheetData`; `formats` are numbers and codes of formats, and
  /// `shared` the items of shared strings.
  explicit TestBook(const std::string& rows, const std::vector<std::string>& formats = {},
                    const std::vector<std::string>& shared = {}) {
    parts["[Content_Types].xml"] = "<Types/>";
    parts["_rels/.rels"] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
        relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>";
    parts["xl/workbook.xml"] = workbook("<sheet name=\"Log\" sheetId=\"1\" r:id=\"rId1\"/>");
    parts["xl/_rels/workbook.xml.rels"] =
        relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                  relation("rId8", "styles", "styles.xml") +
                  relation("rId9", "sharedStrings", "sharedStrings.xml"));
    parts["xl/worksheets/sheet1.xml"] = sheet(rows);
    std::string codes;
    std::string styles = "<xf numFmtId=\"0\"/>";
    for (std::size_t at = 0; at < formats.size(); ++at) {
      const bool is_number =
          formats[at][0] != '0' && formats[at].find_first_not_of("0123456789") == std::string::npos;
      const std::string id = is_number ? formats[at] : std::to_string(200 + at);
      if (!is_number)
        codes += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + formats[at] + "\"/>";
      styles += "<xf numFmtId=\"" + id + "\"/>";
    }
    parts["xl/styles.xml"] =
        "<styleSheet xmlns=\"" + std::string(main_space) + "\"><numFmts>" + codes +
        "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + styles +
        "</cellXfs></styleSheet>";
    std::string items;
    for (const std::string& item : shared) items += "<si>" + item + "</si>";
    parts["xl/sharedStrings.xml"] =
        "<sst xmlns=\"" + std::string(main_space) + "\">" + items + "</sst>";
  }

  static constexpr std::string_view main_space =
      "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  static constexpr std::string_view relation_space =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  static std::string relation(const std::string& id, const std::string& kind,
                              const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + std::string(relation_space) + "/" + kind +
           "\" Target=\"" + target + "\"/>";
  }
  static std::string relations(const std::string& all) {
    return "<Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
           all + "</Relationships>";
  }
  static std::string workbook(const std::string& sheets, const std::string& properties = "") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns=\"" +
           std::string(main_space) + "\" xmlns:r=\"" + std::string(relation_space) + "\">" +
           properties + "<sheets>" + sheets + "</sheets></workbook>";
  }
  static std::string sheet(const std::string& rows) {
    return "<worksheet xmlns=\"" + std::string(main_space) + "\"><sheetData>" + rows +
           "</sheetData></worksheet>";
  }

  /// Further sheets `sheet2.xml` … of these names and rows, after the first one of `name`.
  void add_sheets(const std::string& name,
                  const std::vector<std::pair<std::string, std::string>>& more) {
    std::string sheets = "<sheet name=\"" + name + "\" sheetId=\"1\" r:id=\"rId1\"/>";
    std::string targets = relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                          relation("rId8", "styles", "styles.xml") +
                          relation("rId9", "sharedStrings", "sharedStrings.xml");
    for (std::size_t at = 0; at < more.size(); ++at) {
      const std::string id = std::to_string(at + 2);
      sheets +=
          "<sheet name=\"" + more[at].first + "\" sheetId=\"" + id + "\" r:id=\"rId" + id + "\"/>";
      targets += relation("rId" + id, "worksheet", "/xl/worksheets/sheet" + id + ".xml");
      parts["xl/worksheets/sheet" + id + ".xml"] = sheet(more[at].second);
    }
    parts["xl/workbook.xml"] = workbook(sheets);
    parts["xl/_rels/workbook.xml.rels"] = relations(targets);
  }

  std::string bytes(const ZipStyle& style = {}) const {
    return zip_of({parts.begin(), parts.end()}, style);
  }
};

/// A row of inline texts; those that begin with `<` stand as they are.
inline std::string text_row(const std::vector<std::string>& texts) {
  std::string row = "<row>";
  for (const std::string& text : texts) {
    row += text.starts_with("<") ? text : "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  }
  return row + "</row>";
}

}  // namespace gemba
