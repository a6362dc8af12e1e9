#include "cmd/child_processes.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>

#include "core/base/error.h"

namespace gemba::inline cmd {
namespace {

/// What stands before each result in a pipe.
struct Header {
  std::uint64_t number = 0;
  std::uint64_t size = 0;
};

bool write_all(int file, const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t written = ::write(file, at, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

/// A child, and what came through its pipe so far.
struct Child {
  pid_t id = -1;
  int pipe = -1;
  std::string bytes = {};
};

[[noreturn]] void work_in_child(std::size_t first, std::size_t count, std::size_t step, int pipe,
                                const std::function<std::string(std::size_t)>& work) {
  bool good = true;
  for (std::size_t number = first; good && number < count; number += step) {
    const std::string result = work(number);
    const Header header{number, result.size()};
    good = write_all(pipe, &header, sizeof header) && write_all(pipe, result.data(), result.size());
  }
  // The streams of the parent are not to be flushed a second time.
  ::_exit(good ? 0 : 1);
}

Child start(std::size_t first, std::size_t count, std::size_t step,
            const std::vector<Child>& others, const std::function<std::string(std::size_t)>& work) {
  std::array<int, 2> ends{};
  const bool piped = ::pipe(ends.data()) == 0;
  const pid_t id = piped ? ::fork() : -1;
  if (id < 0) throw Error(fmt::format("cannot start a process: {}", std::strerror(errno)));
  if (id == 0) {
    // Nobody waits for the results of a parent that was ended.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const Child& other : others) ::close(other.pipe);
    ::close(ends[0]);
    work_in_child(first, count, step, ends[1], work);
  }
  ::close(ends[1]);
  return {id, ends[0]};
}

/// Takes in what children say until all have closed their pipes.
void listen(std::vector<Child>& children) {
  std::array<char, 1U << 16U> block;
  for (std::size_t open = children.size(); open > 0;) {
    std::vector<pollfd> waiting;
    for (const Child& child : children) waiting.push_back({child.pipe, POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR)
      throw Error(fmt::format("cannot wait for a process: {}", std::strerror(errno)));
    for (std::size_t number = 0; number < children.size(); ++number) {
      Child& child = children[number];
      if (child.pipe < 0 || (waiting[number].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
      const ssize_t got = ::read(child.pipe, block.data(), block.size());
      if (got > 0) child.bytes.append(block.data(), static_cast<std::size_t>(got));
      if (got > 0 || (got < 0 && errno == EINTR)) continue;
      ::close(child.pipe);
      child.pipe = -1;
      --open;
    }
  }
}

/// Puts the results of a child to their places; returns how many.
std::size_t take_results(const Child& child, std::vector<std::string>& results) {
  std::size_t taken = 0;
  Header header;
  for (std::size_t at = 0; at + sizeof header <= child.bytes.size(); at += header.size) {
    std::memcpy(&header, child.bytes.data() + at, sizeof header);
    at += sizeof header;
    if (header.size > child.bytes.size() - at) break;
    results[header.number] = child.bytes.substr(at, header.size);
    ++taken;
  }
  return taken;
}

}  // namespace

std::vector<std::string> in_child_processes(std::size_t count, std::size_t processes,
                                            const std::function<std::string(std::size_t)>& work) {
  std::vector<std::string> results(count);
  processes = std::min(processes, count);
  if (processes <= 1) {
    for (std::size_t number = 0; number < count; ++number) results[number] = work(number);
    return results;
  }
  std::vector<Child> children;
  for (std::size_t number = 0; number < processes; ++number)
    children.push_back(start(number, count, processes, children, work));
  listen(children);
  std::size_t done = 0;
  int signal = 0;
  for (const Child& child : children) {
    int status = 0;
    while (::waitpid(child.id, &status, 0) < 0 && errno == EINTR) continue;
    if (WIFSIGNALED(status)) signal = WTERMSIG(status);
    done += take_results(child, results);
  }
  if (done < count) {
    throw Error(fmt::format("a process ended before its work was done{}; {} of {} are done",
                            signal == 0 ? "" : fmt::format(" (signal {})", signal), done, count));
  }
  return results;
}

}  // namespace gemba::inline cmd
