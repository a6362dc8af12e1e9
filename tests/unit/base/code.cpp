#include "core/base/code.h"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using namespace gemba;

// What is only known when the program runs is no code: nothing but a descriptor or a literal is.
static_assert(!std::is_constructible_v<Code, std::string_view>);
static_assert(!std::is_constructible_v<Code, const char*>);
static_assert(!std::is_constructible_v<OwnCode, std::string_view>);
static_assert(!std::is_constructible_v<OwnCode, Code>);

TEST_CASE("a code is that of a descriptor, or one that readers report") {
  constexpr OwnCode own = "F104";
  const Code found = own;
  const bool same = found == own && own == found;
  CHECK(same);
  CHECK(found.text() == "F104");
  CHECK(found == std::string("F104"));
  CHECK_FALSE(found == std::string("F105"));
  CHECK(Code("S006").text() == "S006");
  CHECK(Code().text().empty());
}
