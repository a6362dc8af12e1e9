// The objects of a JSON text, whatever they mean.
#include "core/eventlog/formats/jsonl/json_lines.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"

using namespace gemba;

namespace {

/// `line:{column=text …}` of every object, `line!reason` of every bad line.
std::string show(std::string_view text) {
  ByteStream stream = ByteStream::of_text(text, "x.jsonl");
  JsonLines lines(stream);
  std::string shown;
  for (auto found = lines.next(); found != JsonLines::Found::end; found = lines.next()) {
    shown += (shown.empty() ? "" : " ") + std::to_string(lines.line());
    if (found == JsonLines::Found::bad_line) {
      shown += "!" + std::string(lines.reason());
      continue;
    }
    std::string fields;
    for (std::size_t index = 0; index < lines.object().fields().size(); ++index) {
      const std::string_view field = lines.object().fields()[index];
      if (field.empty()) continue;
      fields += (fields.empty() ? "" : " ") + lines.object().columns()[index] + "=";
      fields += field;
    }
    shown += ":{" + fields + "}";
  }
  CHECK(lines.next() == JsonLines::Found::end);
  return shown;
}

/// What is wrong with a text that cannot be read on.
std::string fault(std::string_view text) {
  try {
    return "read as " + show(text);
  } catch (const Error& error) {
    return error.what();
  }
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t index = 0; index < times; ++index) all += text;
  return all;
}

}  // namespace

TEST_CASE("objects are read in every form in which programs write them") {
  struct Row {
    const char* text;
    const char* shown;
  };
  const Row table[] = {
      {"{\"a\":1}\n{\"a\":2}\n", "1:{a=1} 2:{a=2}"},
      {"{\"a\":1}\r\n{\"a\":2}\r\n", "1:{a=1} 2:{a=2}"},
      {"{\"a\":1}\n{\"a\":2}", "1:{a=1} 2:{a=2}"},
      {"\xEF\xBB\xBF{\"a\":1}\n", "1:{a=1}"},
      {"\n\r\n \t{\"a\":1}\n\n\n{\"a\":2} \n\n", "3:{a=1} 6:{a=2}"},
      {"{\"a\":1}{\"a\":2} {\"a\":3}\n", "1:{a=1} 1:{a=2} 1:{a=3}"},
      {"{\n\"a\"\n:\n1\n}\n{\n\"a\":2}{\"a\":\n3}", "1:{a=1} 6:{a=2} 7:{a=3}"},
      {"[{\"a\":1},{\"a\":2}]", "1:{a=1} 1:{a=2}"},
      {"\xEF\xBB\xBF [\n  {\"a\":1},\r\n  {\"a\":2}\n]\n\n", "2:{a=1} 3:{a=2}"},
      {"[{\"a\":1}\n,{\"a\":2}\n,{\"a\":\n3}\n]", "1:{a=1} 2:{a=2} 3:{a=3}"},
      {"[\n{\n  \"a\": 1\n},\n{\n  \"a\": 2\n}\n]\n", "2:{a=1} 5:{a=2}"},
      {"[]", ""},
      {" [ \n ] \n", ""},
      {"{}\n{ }", "1:{} 2:{}"},
      {"", ""},
      {"\n \r\n", ""},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(show(row.text) == row.shown);
  }
}

TEST_CASE("values are texts as they are written; null, arrays and objects are missing") {
  struct Row {
    const char* text;
    const char* shown;
  };
  const Row table[] = {
      {R"({"a":"x","b":"","c":"核对"})", "1:{a=x c=核对}"},
      {R"({"a":0,"b":-0,"c":12,"d":-1.50,"e":1e9,"f":0.1E+2,"g":10e-1})",
       "1:{a=0 b=-0 c=12 d=-1.50 e=1e9 f=0.1E+2 g=10e-1}"},
      {R"({"a":true,"b":false,"c":null,"d":1})", "1:{a=true b=false d=1}"},
      {R"({"a":NaN,"b":Infinity,"c":-Infinity,"d":[NaN,-Infinity],"e":1})", "1:{e=1}"},
      {R"({"a":"\"\\\/\b\f\n\r\t"})", "1:{a=\"\\/\b\f\n\r\t}"},
      {R"({"a":"\u6838\u5BF9x\u00e9\u0041"})", "1:{a=核对xéA}"},
      {R"({"a":"\uD83D\uDE00","b":"\udbff\udfff"})", "1:{a=😀 b=\xF4\x8F\xBF\xBF}"},
      {R"({"a":"\u0000b"})", nullptr},
      {R"({"a":[1,"]}",[[],{}],{"b":[null,true]}],"c":2})", "1:{c=2}"},
      {R"({"a":{"b":1,"c":{"d":"x"},"e":[]},"f":2})", "1:{a.b=1 a.c.d=x f=2}"},
      {R"({"a.b":1,"a":{"b":2}})", "1:{a.b=2}"},
      {R"({"a":1,"b":2,"a":3})", "1:{a=3 b=2}"},
      {R"({"a":1,"a":null})", "1:{}"},
      {R"({"a":1,"a":{"b":2}})", "1:{a.b=2}"},
      {R"({"a":1,"\u0061":2,"b\n":3})", "1:{a=2 b\n=3}"},
      {R"({ "a" : 1 , "b" : [ 1 , 2 ] , "c" : { "d" : 3 } })", "1:{a=1 c.d=3}"},
      {R"({"":1})", "1:{=1}"},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(show(row.text) ==
          (row.shown == nullptr ? std::string("1:{a=\0b}", 8) : std::string(row.shown)));
  }
}

TEST_CASE("members may come and go and change their places") {
  CHECK(show(R"({"a":1,"b":2,"c":3}
{"c":1,"a":2}
{"b":1}
{"a":1,"x":{"a":4,"b":5},"c":6}
{"x":{"b":1},"a":2}
{"a":{"a":1,"b":2},"b":3}
{}
{"x":{"x":{"x":1}},"y":2}
{"a":1,"b":2,"c":3})") ==
        "1:{a=1 b=2 c=3} 2:{a=2 c=1} 3:{b=1} 4:{a=1 c=6 x.a=4 x.b=5} 5:{a=2 x.b=1} "
        "6:{b=3 a.a=1 a.b=2} 7:{} 8:{x.x.x=1 y=2} 9:{a=1 b=2 c=3}");
}

TEST_CASE("keys that begin alike are told apart, however long, also where the text ends") {
  // With its quotes a key of 14 bytes takes 16.
  for (std::size_t size = 12; size <= 18; ++size) {
    CAPTURE(size);
    const std::string key(size, 'k');
    const std::string line = "{\"" + key + "\":1}";
    CHECK(show(line + "\n{\"" + key + "x\":2}\n{\"" + key.substr(1) + "\":3}\n" + line) ==
          "1:{" + key + "=1} 2:{" + key + "x=2} 3:{" + key.substr(1) + "=3} 4:{" + key + "=1}");
    CHECK(show(line + "\n{\"" + key.substr(1) + "x\":2}") ==
          "1:{" + key + "=1} 2:{" + key.substr(1) + "x=2}");
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
      CHECK(show(line + "\n" + line.substr(0, cut)) == "1:{" + key + "=1} 2!it ends too early");
    }
  }
}

TEST_CASE("the mark that ends a string is found wherever it stands") {
  for (std::size_t size = 0; size <= 40; ++size) {
    CAPTURE(size);
    const std::string text(size, '\xE6');
    CHECK(show("{\"a\":\"" + text + "\"}") == (size == 0 ? "1:{}" : "1:{a=" + text + "}"));
    CHECK(show("{\"a\":\"" + text + "\\n\"}") == "1:{a=" + text + "\n}");
    for (const char* control : {"\x01", "\x1F"}) {
      CHECK(show("{}\n{\"a\":\"" + text + control + "\"}") ==
            "1:{} 2!a string is not closed on its line, or holds a control character");
    }
    CHECK(show("{\"a\":\"" + text + " \x7F\xFF\"}") == "1:{a=" + text + " \x7F\xFF}");
  }
}

TEST_CASE("a line that is no object is left out, with its reason") {
  struct Row {
    const char* line;
    const char* reason;
  };
  const Row table[] = {
      {"42", "it is no JSON object"},
      {"\"a\"", "it is no JSON object"},
      {"null", "it is no JSON object"},
      {"[{\"a\":1}]", "it is no JSON object"},
      {",{\"a\":1}", "it is no JSON object"},
      {"}", "it is no JSON object"},
      {"# note", "it is no JSON object"},
      {"{\"a\":1},", "text stands behind the object"},
      {"{\"a\":1} x", "text stands behind the object"},
      {"{\"a\":1}}", "text stands behind the object"},
      {"{\"a\":1}]", "text stands behind the object"},
      {"{\"a\":1", "a ',' or '}' is missing behind a value"},
      {"{\"a\":1 \"b\":2}", "a ',' or '}' is missing behind a value"},
      {"{\"a\":01}", "a ',' or '}' is missing behind a value"},
      {"{\"a\":1;}", "a ',' or '}' is missing behind a value"},
      {"{\"a\":1]", "a ',' or '}' is missing behind a value"},
      {"{\"a\":1,}", "a key in double quotes is missing"},
      {"{,}", "a key in double quotes is missing"},
      {"{a:1}", "a key in double quotes is missing"},
      {"{'a':1}", "a key in double quotes is missing"},
      {"{", "a key in double quotes is missing"},
      {"{1:1}", "a key in double quotes is missing"},
      {"{\"a\"}", "a ':' is missing behind a key"},
      {"{\"a\" 1}", "a ':' is missing behind a key"},
      {"{\"a\"=1}", "a ':' is missing behind a key"},
      {"{\"a\":}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":'x'}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":True}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":tru}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":nul", "a value is missing, or is none that JSON knows"},
      {"{\"a\":nan}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":NaNs}", "a ',' or '}' is missing behind a value"},
      {"{\"a\":-Inf}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":+1}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":.5}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":-}", "a number is not written as JSON writes it"},
      {"{\"a\":-x}", "a number is not written as JSON writes it"},
      {"{\"a\":1.}", "a number is not written as JSON writes it"},
      {"{\"a\":1.e5}", "a number is not written as JSON writes it"},
      {"{\"a\":1e}", "a number is not written as JSON writes it"},
      {"{\"a\":1e+}", "a number is not written as JSON writes it"},
      {"{\"a\":\"x}", "a string is not closed on its line, or holds a control character"},
      {"{\"a\":\"\\nx}", "a string is not closed on its line, or holds a control character"},
      {"{\"a\":\"x\ty\"}", "a string is not closed on its line, or holds a control character"},
      {"{\"a", "a string is not closed on its line, or holds a control character"},
      {"{\"a\":\"\\x41\"}", "a string holds an unknown escape"},
      {"{\"a\":\"\\", "a string holds an unknown escape"},
      {"{\"a\":\"\\u12g4\"}", "a '\\u' without four hexadecimal digits stands in a string"},
      {"{\"a\":\"\\u123\"}", "a '\\u' without four hexadecimal digits stands in a string"},
      {"{\"a\":\"\\ud83d\"}", "a string holds half a surrogate pair"},
      {"{\"a\":\"\\ud83dx\"}", "a string holds half a surrogate pair"},
      {"{\"a\":\"\\ud83d\\n\"}", "a string holds half a surrogate pair"},
      {"{\"a\":\"\\ud83d\\u0041\"}", "a string holds half a surrogate pair"},
      {"{\"a\":\"\\ude00\\ud83d\"}", "a string holds half a surrogate pair"},
      {"{\"\\ude00\":1}", "a string holds half a surrogate pair"},
      {"{\"a\":[1", "a ',' or ']' is missing behind a value"},
      {"{\"a\":[1,]}", "a value is missing, or is none that JSON knows"},
      {"{\"a\":[1}}", "a ',' or ']' is missing behind a value"},
      {"{\"a\":[1 2]}", "a ',' or ']' is missing behind a value"},
      {"{\"a\":{\"b\":1}", "a ',' or '}' is missing behind a value"},
  };
  for (const Row& row : table) {
    CAPTURE(row.line);
    const std::string line = row.line;
    CHECK(show("{\"a\":1}\n" + line + "\n{\"a\":3}\n") ==
          "1:{a=1} 2!" + std::string(row.reason) + " 3:{a=3}");
    // As the last line it is as bad, and no object is invented from it.
    const std::string last = show("{\"a\":1}\n" + line);
    CHECK(last.starts_with("1:{a=1} 2!"));
    CHECK(last.find('{', 5) == std::string::npos);
  }
}

TEST_CASE("an object that the end of the text cuts off is a bad line") {
  const std::string whole =
      R"({"a":"x\ud83d\ude00","b":[1,{"c":-1.5e+3}],"d":{"e":null},"f":true})";
  CHECK(show(whole).starts_with("1:{"));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(show("{}\n" + whole.substr(0, size)) == "1:{} 2!it ends too early");
  }
}

TEST_CASE("a line that the next one seems to continue is bad, and the next one is read") {
  constexpr const char* key_missing = "1:{} 2!a key in double quotes is missing 3:{a=1}";
  CHECK(show("{}\n{\"b\":1,\n{\"a\":1}\n") == key_missing);
  CHECK(show("{}\n{\"b\":\n{\"a\":1}\n") == "1:{} 2!it ends too early 3:{a=1}");
  CHECK(show("{}\n{\"b\":[\n{\"a\":1}\n{}") ==
        "1:{} 2!a ',' or ']' is missing behind a value 3:{a=1} 4:{}");
}

TEST_CASE("in an array with an object per line a bad line is left out, too") {
  CHECK(show("[\n{\"a\":1},\n{\"a\":},\n{\"a\":3},\n4,\n{\"a\":5\n]\n") ==
        "2:{a=1} 3!a value is missing, or is none that JSON knows 4:{a=3} 5!it is no JSON object "
        "6!a ',' or '}' is missing behind a value");
  CHECK(show("[\n{\"a\":1}\n{\"a\":2},\n{\"a\":3}]") ==
        "2:{a=1} 3!a ',' is missing before the object 4:{a=3}");
  CHECK(show("[\n{\"a\":1},\n{\"a\":2") == "2:{a=1} 3!it ends too early");
}

TEST_CASE("where nobody can tell how it goes on, reading ends with the line") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row table[] = {
      {"{\n\"a\":1,\n\"b\":}\n", "line 3: a value is missing"},
      {"{\n\"a\":1\n}\n{\"a\":}\n{\"a\":2}\n", "line 4: a value is missing"},
      {"{\n\"a\":1\n}\n{\"a\":2", "line 4: it ends too early"},
      {"{\n\"a\":1,\n",
       "line 3: it ends too early; mend it, or write each object on a line of its own"},
      {"{\"a\":1} {\"a\":}\n{\"a\":2}\n", "line 1: a value is missing"},
      {"[{\"a\":1},{\"a\":}]", "line 1: a value is missing"},
      {"[{\"a\":1}{\"a\":2}]", "line 1: text stands behind the object"},
      {"[{\"a\":1},]", "line 1: a ',' stands before the closing ']'"},
      {"[\n{\"a\":1},\n]", "line 3: a ',' stands before the closing ']'"},
      {"[,{\"a\":1}]", "line 1: it is no JSON object"},
      {"[1]", "line 1: it is no JSON object"},
      {"[{\"a\":1}]\n\n{\"a\":2}", "line 3: text stands behind the ']' that closes the array"},
      {"[{\"a\":1}] x", "line 1: text stands behind the ']' that closes the array"},
      {"[] ]", "line 1: text stands behind the ']' that closes the array"},
      {"[", "line 1: the array is not closed with ']'; is the file complete?"},
      {"[\n{\"a\":1},\n{\"a\":2}\n", "line 4: the array is not closed with ']'"},
      {"[\n{\"a\":1},\n", "line 3: the array is not closed with ']'"},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(fault(row.text).find("'x.jsonl', " + std::string(row.message)) == 0);
  }
}

TEST_CASE("objects across the borders of the buffer stay whole") {
  std::string text;
  std::string expected;
  for (int index = 0; index < 4000; ++index) {
    const std::string field(static_cast<std::size_t>(index) % 997, 'x');
    const std::string line = std::to_string(index + 1);
    text += "{\"a\":\"" + field + "\\n\\u6838\",\"b\":{\"c\":\"" + field + "\"},\"d\":-1.5e3}";
    text += index % 2 == 0 ? "  \r\n" : "\n";
    expected += (index == 0 ? "" : " ") + line + ":{a=" + field + "\n核";
    expected += (field.empty() ? "" : " b.c=" + field) + " d=-1.5e3}";
  }
  REQUIRE(text.size() > std::size_t{3} << 20U);
  CHECK(show(text) == expected);
  const std::string huge(std::size_t{5} << 20U, 'h');
  CHECK(show("{\"a\":\"" + huge + "\"}\n{\"a\":1}\n") == "1:{a=" + huge + "} 2:{a=1}");
}

TEST_CASE("a text that ends with the buffer keeps its last object") {
  constexpr std::size_t buffer = std::size_t{256} << 10U;
  const std::string tail = "{\"a\":\"last\"}";
  for (std::size_t more = 0; more < 3; ++more) {
    const std::string text = std::string(buffer - tail.size() + more, ' ') + tail;
    CHECK(show(text) == "1:{a=last}");
    CHECK(show(text + " ") == "1:{a=last}");
  }
}

TEST_CASE("what is without end is refused before it fills the memory") {
  const std::string endless(JsonLines::max_object + 100, 'x');
  CHECK(fault("{}\n{\"a\":\"" + endless) ==
        "'x.jsonl', line 2: an object is longer than 64 MiB; is this a log?");
  CHECK(show("{}\n" + endless + endless + "\n{}\n") == "1:{} 2!it is no JSON object 3:{}");
  CHECK(show("{}\n{\"a\":" + endless + "\n{}\n") ==
        "1:{} 2!a value is missing, or is none that JSON knows 3:{}");
  CHECK(show("{}" + std::string(3 << 20U, ' ') + "\n{}" + std::string(3 << 20U, '\n')) ==
        "1:{} 2:{}");
}

TEST_CASE("what is too deep, too wide or has too long a name does no harm") {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + repeated("[", depth - 1) + repeated("]", depth - 1) + ",\"b\":1}";
  };
  CHECK(show(nested(JsonObject::deepest)) == "1:{b=1}");
  constexpr const char* too_deep = "1:{} 2!it holds more than 100 objects and arrays in each other";
  CHECK(show("{}\n" + nested(JsonObject::deepest + 1)) == too_deep);
  CHECK(show("{}\n{\"a\":" + repeated("[", 1'000'000)) == too_deep);
  CHECK(show("{}\n" + repeated("{\"a\":", 1'000'000)) == too_deep);
  CHECK_THROWS_WITH_AS(read_log_text(repeated("[", 1'000'000), "x"),
                       "'x', line 1: it is no JSON object; mend it, or write each object on a line "
                       "of its own",
                       Error);

  std::string wide;
  for (std::size_t index = 0; index <= JsonObject::max_columns; ++index) {
    wide += (index == 0 ? "{\"" : ",\"") + std::to_string(index) + "\":1";
  }
  CHECK(show("{}\n" + wide + "}") == "1:{} 2!it has more than 16384 members");

  const std::string long_name(JsonObject::longest_name, 'n');
  CHECK(show("{\"" + long_name + "\":1,\"a\":2,\"" + long_name +
             "\":{\"a\":3},\"b\":4}\n{\"b\":5}") == "1:{a=2 b=4} 2:{b=5}");
  CHECK(show("{\"a\":{\"" + long_name.substr(1) + "\":1,\"b\":{\"c\":2}},\"a\":3}") ==
        "1:{a.b.c=2 a=3}");
}
