#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace gemba::inline cmd {

/// What `work(0)` … `work(count - 1)` return, each called once, in so many child processes at the
/// same time: for work with libraries that no two threads may use. With one process, or one piece
/// of work, no child is made. `work` must not throw, nor write to the streams of this process;
/// there must be no other threads. Throws `Error` when a child cannot be made or ends before its
/// work is done.
std::vector<std::string> in_child_processes(std::size_t count, std::size_t processes,
                                            const std::function<std::string(std::size_t)>& work);

}  // namespace gemba::inline cmd
