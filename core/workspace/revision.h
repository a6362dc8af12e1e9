#pragma once
#include <string>

namespace gemba::inline workspace {

/// The documents of a git repository as they were at a revision, in a folder that is deleted with
/// this.
class Revision {
 public:
  /// `path`: a file or folder in the repository. Throws `UsageError` when the revision does not
  /// exist or the path is in no repository, `Error` when git or tar cannot be run.
  Revision(const std::string& revision, const std::string& path);
  ~Revision();
  Revision(const Revision&) = delete;
  Revision& operator=(const Revision&) = delete;

  /// Where the file or folder of the repository is as it was; there may be none.
  std::string earlier(const std::string& path) const;

 private:
  std::string top_;     ///< of the working tree, absolute
  std::string folder_;  ///< where its documents are as they were
};

}  // namespace gemba::inline workspace
