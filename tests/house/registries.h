#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace gemba::test {

/// One line of a registry's table and what its descriptor says of it.
struct Entry {
  std::string identifier;  ///< in the table, and of the descriptor
  std::string name;        ///< for people: a code, a word of the command line
  std::string summary;
  std::filesystem::path file;  ///< that defines it; empty unless there is exactly one
};

/// A table of things that are one file each.
struct Registry {
  std::string table;  ///< path from the project's root
  std::vector<Entry> entries;
  std::vector<std::string> faults;  ///< where table, files and descriptors are not of one mind
};

/// All of them.
const std::vector<Registry>& registries();

/// The registry with this table.
const Registry& registry(const std::string& table);

/// The identifiers of a table: one to each line that is `MACRO(identifier)`. What is neither that
/// nor a comment is a fault.
std::vector<std::string> identifiers_in(const std::string& table_text,
                                        std::vector<std::string>& faults);

/// The text of a file; empty when there is none.
std::string file_text(const std::filesystem::path& path);

}  // namespace gemba::test
