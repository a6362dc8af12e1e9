#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>

namespace gemba::inline base {

/// A typed 32-bit index into a vector. `Tag` only keeps ids of different things apart.
/// Ids are handed out by the stage that fills the vector; every id that exists is good.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}

  /// The position in the vector that this id belongs to.
  constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using SourceId = Id<struct SourceTag>;
using StepId = Id<struct StepTag>;
using FlowId = Id<struct FlowTag>;
using RoleId = Id<struct RoleTag>;
using SystemId = Id<struct SystemTag>;
using DataId = Id<struct DataTag>;
using CalendarId = Id<struct CalendarTag>;
using ActivityId = Id<struct ActivityTag>;
using ResourceId = Id<struct ResourceTag>;
using CaseId = Id<struct CaseTag>;

}  // namespace gemba::inline base
