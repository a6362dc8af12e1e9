#include "core/columns/string_pool.h"

#include <doctest/doctest.h>

using namespace gemba;

TEST_CASE("equal texts have one number, in order of first appearance") {
  StringPool pool;
  CHECK(pool.intern("b") == 0);
  CHECK(pool.intern("a") == 1);
  CHECK(pool.intern("b") == 0);
  CHECK(pool.intern("") == 2);
  CHECK(pool.size() == 3);
  CHECK(pool[0] == "b");
  CHECK(pool[2] == "");
  CHECK(pool.find("a") == 1);
  CHECK(pool.find("c") == StringPool::none);
}

TEST_CASE("texts of every length that differ in one byte stay apart") {
  for (std::size_t size = 1; size <= 70; ++size) {
    StringPool pool;
    const std::string base(size, 'x');
    pool.intern(base);
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = base;
      other[at] = 'y';
      CAPTURE(size);
      CAPTURE(at);
      REQUIRE(pool.intern(other) == at + 1);
    }
    REQUIRE(pool.intern(base + 'x') == size + 1);
    REQUIRE(pool.intern(std::string(size, '\0')) == size + 2);
    REQUIRE(pool.intern(base) == 0);
  }
}

TEST_CASE("many texts, long and short, are found again; a copy is independent") {
  StringPool pool;
  const auto text = [](std::uint32_t index) {
    return std::string(index % 40, 'c') + "工单" + std::to_string(index);
  };
  for (std::uint32_t index = 0; index < 20'000; ++index) REQUIRE(pool.intern(text(index)) == index);
  StringPool copy = pool;
  pool.intern("new");
  for (std::uint32_t index = 0; index < 20'000; ++index) {
    REQUIRE(copy.find(text(index)) == index);
    REQUIRE(copy[index] == text(index));
  }
  CHECK(copy.find("new") == StringPool::none);
}

TEST_CASE("a text added apart is never found") {
  StringPool pool;
  const std::uint32_t apart = pool.add_apart("x");
  const std::uint32_t found = pool.intern("x");
  CHECK(apart != found);
  CHECK(pool[apart] == "x");
  CHECK(pool.find("x") == found);
  CHECK(pool.add_apart("x") != apart);
}
