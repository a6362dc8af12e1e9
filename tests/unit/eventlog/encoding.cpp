#include "core/eventlog/bytes/encoding.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace gemba;
using namespace std::string_literals;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int time = 0; time < times; ++time) all += text;
  return all;
}

std::string wide(std::string_view ascii, bool little) {
  std::string text;
  for (const char c : ascii) {
    if (little) text += c;
    text += '\0';
    if (!little) text += c;
  }
  return text;
}

// 案例,活动,时间 / c1,提交申请,2026-01-05 / c1,审核,2026-01-06
constexpr std::string_view gbk_log =
    "\xB0\xB8\xC0\xFD,\xBB\xEE\xB6\xAF,\xCA\xB1\xBC\xE4\n"
    "c1,\xCC\xE1\xBD\xBB\xC9\xEA\xC7\xEB,2026-01-05\n"
    "c1,\xC9\xF3\xBA\xCB,2026-01-06\n";
// The characters 朱镕基 and 喆, of which GB2312 lacks two.
constexpr std::string_view gbk_names = "\xD6\xEC\xE9\x46\xBB\xF9,\x86\xB4\n";
// U+20000 and U+3400, of four bytes.
constexpr std::string_view gb18030_rare = "\x95\x32\x82\x36\x81\x39\xEE\x39";
// 신청,승인 in EUC-KR, ...
constexpr std::string_view korean =
    "\xBD\xC5\xC3\xBB,\xBD\xC2\xC0\xCE,\xB0\xCB\xC5\xE4,\xBF\xCF\xB7\xE1,\xB0\xED\xB0\xB4,"
    "\xC8\xAF\xBA\xD2,\xC1\xD6\xB9\xAE,\xB9\xE8\xBC\xDB,\xC3\xEB\xBC\xD2,\xBB\xF3\xB4\xE3,"
    "\xC1\xA2\xBC\xF6,\xC3\xB3\xB8\xAE,\xB4\xE3\xB4\xE7,\xBA\xCE\xBC\xAD,\xB0\xE1\xC1\xA6,"
    "\xC6\xF7\xC0\xE5,\xC0\xD4\xB0\xED,\xC3\xE2\xB0\xED,\xC8\xB8\xBF\xF8,\xB0\xA1\xC0\xD4,"
    "\xC5\xBB\xC5\xF0,\xC6\xF2\xB0\xA1,\xBF\xE4\xB1\xB8,\xC1\xF6\xBF\xF8\n";
// 申請,審核,退款,客戶 in Big5
constexpr std::string_view big5 =
    "\xA5\xD3\xBD\xD0,\xBC\x66\xAE\xD6,\xB0\x68\xB4\xDA,\xAB\xC8\xA4\xE1\n";
// しんせい,承認 in Shift_JIS and in EUC-JP
constexpr std::string_view shift_jis = "\x82\xB5\x82\xF1\x82\xB9\x82\xA2,\x8F\xB3\x94\x46\n";
constexpr std::string_view euc_jp = "\xA4\xB7\xA4\xF3\xA4\xBB\xA4\xA4,\xBE\xB5\xC7\xA7\n";
// заявка,принята,проверка in windows-1251
constexpr std::string_view cyrillic =
    "\xE7\xE0\xFF\xE2\xEA\xE0,\xEF\xF0\xE8\xED\xFF\xF2\xE0,\xEF\xF0\xEE\xE2\xE5\xF0\xEA\xE0\n";

}  // namespace

TEST_CASE("the encoding is told by content") {
  struct Row {
    const char* what;
    std::string head;
    const char* encoding;
  };
  const Row table[] = {
      {"nothing", "", "UTF-8"},
      {"ascii", "case,activity\n", "UTF-8"},
      {"utf-8", "案例,活动\n", "UTF-8"},
      {"utf-8 with mark",
       "\xEF\xBB\xBF"
       "case\n",
       "UTF-8"},
      {"damaged utf-8", "案例编号,活动,时间\nc1,\xE5\xAE,2026\n", "UTF-8"},
      {"very damaged utf-8", "c1,\xE5\xAE,2026\nc2,\xE5,é\n", ""},
      {"gbk", std::string(gbk_log), "GB18030"},
      {"gbk, one word", "case,\xB9\xA4\xB5\xA5\n1,2\n", "GB18030"},
      {"gbk, names", std::string(gbk_log) + std::string(gbk_names), "GB18030"},
      {"gb18030, four bytes", std::string(gbk_log) + std::string(gb18030_rare), "GB18030"},
      {"gbk, full-width signs", "c1,\xA3\xA8\xCD\xCB\xBF\xEE\xA3\xA9\n", "GB18030"},
      {"gbk, all in the first half", repeated("c1,\xB0\xB8\xB0\xB8\n", 100), "GB18030"},
      {"gbk, one cut field of many", repeated(gbk_log, 20) + "c1,\xC9,2026\n", "GB18030"},
      {"gbk, many cut fields", std::string(gbk_log) + "c1,\xC9,2026\n", ""},
      {"gbk with a control character", std::string(gbk_log) + "\x01", ""},
      {"latin-1", "Num\xE9ro,Activit\xE9\n1,Cr\xE9\xE9\n2,d\xE9j\xE0 vu\n", ""},
      {"latin-1, German",
       "Fall,T\xE4tigkeit\n1,Gr\xF6\xDF"
       "e pr\xFC"
       "fen\n",
       ""},
      {"korean", std::string(korean), ""},
      {"big5", std::string(big5), ""},
      {"shift_jis", std::string(shift_jis), ""},
      {"euc-jp", repeated(euc_jp, 3), ""},
      {"cyrillic", std::string(cyrillic), ""},
      {"utf-16le with mark", "\xFF\xFE" + wide("a,b\n", true), "UTF-16LE"},
      {"utf-16be with mark", "\xFE\xFF" + wide("a,b\n", false), "UTF-16BE"},
      {"utf-16le", wide("case,activity\n", true), "UTF-16LE"},
      {"utf-16be", wide("case,activity\n", false), "UTF-16BE"},
      {"utf-16le, Chinese", "\x48\x68\x8B\x4F,\0\x3B\x6D\xA8\x52\n\0\x00\x4E,\0\x31\0\n\0"s,
       "UTF-16LE"},
      {"utf-32le", "\xFF\xFE\0\0a\0\0\0"s, "UTF-32LE"},
      {"utf-32be", "\0\0\xFE\xFF\0\0\0a"s, "UTF-32BE"},
      {"zeros", std::string(64, '\0'), "UTF-8"},
      {"a zero", "case,act\0ivity\n"s, "UTF-8"},
      {"xml, declared", "<?xml version='1.0' encoding='ISO-8859-1'?><log/>", "ISO-8859-1"},
      {"xml, declared gbk", "<?xml version=\"1.0\"\n encoding = \"gb2312\" ?><log/>", "GB18030"},
      {"xml, mark against declaration", "\xEF\xBB\xBF<?xml version='1.0' encoding='GBK'?>",
       "UTF-8"},
      {"xml, impossible", "<?xml version='1.0' encoding='utf-16'?><log/>", "UTF-8"},
      {"xml, unknown", "<?xml version='1.0' encoding='klingon'?>", "klingon"},
      {"xml, none", "<?xml version='1.0'?><log encoding='GBK'/>", "UTF-8"},
  };
  for (const Row& row : table) {
    CAPTURE(row.what);
    CHECK(detect_encoding(row.head, true) == row.encoding);
  }
}

TEST_CASE(
    "a character that the end of the head cuts does not matter, one that the file lacks does") {
  const std::string utf8 = "a,\xE5\xAE\xA1\xF0\xA0\x80\x80";
  for (std::size_t size = 3; size < utf8.size(); ++size) {
    CAPTURE(size);
    CHECK(detect_encoding(std::string_view(utf8).substr(0, size), false) == "UTF-8");
  }
  CHECK(detect_encoding("a,\xE5\xAE", true) == "");
  CHECK(detect_encoding("a,\xC0\x80", false) == "");
  for (std::size_t cut = 0; cut < 8; ++cut) {
    const std::string text = std::string(gbk_log) + std::string(gb18030_rare);
    CAPTURE(cut);
    const std::string_view head = std::string_view(text).substr(0, text.size() - cut);
    CHECK(detect_encoding(head, false) == "GB18030");
    CHECK(detect_encoding(head, true) == (cut % 4 == 0 ? "GB18030" : ""));
  }
}

TEST_CASE("names of encodings") {
  struct Row {
    const char* name;
    const char* canonical;
    int unit;
  };
  const Row table[] = {
      {"utf8", "UTF-8", 1},          {"UTF_8", "UTF-8", 1},         {"gbk", "GB18030", 1},
      {"GB2312", "GB18030", 1},      {"Windows-936", "GB18030", 1}, {"latin1", "ISO-8859-1", 1},
      {"CP1252", "windows-1252", 1}, {"utf-16le", "UTF-16LE", 2},   {"UCS-2", "UCS-2", 2},
      {"utf32", "UTF-32", 4},        {"UCS-4BE", "UCS-4BE", 4},     {"WCHAR_T", "WCHAR_T", 4},
      {"TIS-620", "TIS-620", 1}};
  for (const Row& row : table) {
    CAPTURE(row.name);
    CHECK(canonical_encoding(row.name) == row.canonical);
    CHECK(bytes_per_unit(canonical_encoding(row.name)) == row.unit);
  }
  CHECK(suggest_encoding("GKB") == "; did you mean 'GBK'?");
  CHECK(suggest_encoding("window-1252") == "; did you mean 'windows-1252'?");
  CHECK(suggest_encoding("klingon").find("iconv -l") != std::string::npos);
}

TEST_CASE("the encoding of an XML declaration") {
  struct Row {
    std::string text;
    const char* encoding;
  };
  const Row table[] = {
      {"<?xml version=\"1.0\" encoding=\"GBK\"?>", "GBK"},
      {"<?xml version='1.0' encoding='GBK' standalone='yes'?>", "GBK"},
      {"<?xml version='1.0'\tencoding\n=\r'GBK'?>", "GBK"},
      {"<?xml version='1.0' encoding=GBK?>", ""},
      {"<?xml version='1.0' encoding='GBK?>", ""},
      {"<?xml version='1.0' encoding", ""},
      {"<?xml version='1.0' encoding=", ""},
      {"<?xml version='1.0' encoding='", ""},
      {"<?xml version='1.0' myencoding='GBK'?>", ""},
      {"<?xml version='1.0'?><a encoding='GBK'?>", ""},
      {"<log encoding='GBK'/>", ""},
      {"<?xml", ""},
      {"", ""},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(declared_encoding(row.text) == row.encoding);
  }
}

TEST_CASE("an encoding that is named may contradict the content") {
  struct Row {
    const char* named;
    const char* told;
    const char* head;
    bool contradicts;
  };
  constexpr Row table[] = {
      {"GB18030", "UTF-8", "案例", true},    {"GB18030", "UTF-8", "case", false},
      {"UTF-16LE", "UTF-8", "case", true},   {"UTF-8", "GB18030", "\xB0\xB8", true},
      {"windows-1252", "", "Cr\xE9", false}, {"UTF-16", "UTF-16LE", "\xFF\xFE", false},
      {"GB18030", "GB18030", "\xB0", false},
  };
  for (const Row& row : table) {
    CAPTURE(row.named);
    CAPTURE(row.told);
    CHECK(contradicts(row.named, row.told, row.head) == row.contradicts);
  }
}

TEST_CASE("what is not in its encoding is told with what to do") {
  CHECK(describe_misfit("", "UTF-8") ==
        "not UTF-8 text; name the encoding of the file with --encoding, for example gb18030");
  CHECK(describe_misfit("", "GB18030") ==
        "not text in GB18030, which the file looks like; name its encoding with --encoding");
  CHECK(describe_misfit("GBK", "UTF-8") ==
        "not text in 'GBK', the encoding that is named; the file looks like UTF-8: name that with "
        "--encoding");
  CHECK(describe_misfit("Big5", "") ==
        "not text in 'Big5', the encoding that is named; name another one with --encoding");
}
