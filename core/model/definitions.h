#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source.h"
#include "core/time/duration.h"

namespace gemba::inline model {

/// A calendar date (proleptic Gregorian).
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// `2026-01-31`.
std::string to_string(const Date& date);

/// Reads `2026-01-31`; none unless it is a real date.
std::optional<Date> parse_date(std::string_view text);

/// What every definition has: its id, what people read, and where it stands (its `[roles.x]`
/// header).
struct Definition {
  std::string id;
  std::string name;  ///< the id when nothing is given
  SourceSpan span;
  bool shared = false;   ///< from gemba.toml, not from the document
  bool implied = false;  ///< nobody defined it: stands for a dangling reference that was reported
};

/// Who does a step: a lane of the chart.
struct Role : Definition {
  bool external = false;  ///< a lane, but not our work
  std::optional<double> headcount;
  std::optional<double> cost_per_hour;
  std::optional<double> concurrency;
  std::optional<CalendarId> calendar;
  std::optional<RoleId> reports_to;
};

/// A tool that people work in.
struct System : Definition {};

/// A piece of information that steps need and make.
struct Data : Definition {
  std::string
      from;  ///< who brings it at the start (role id, or free text); empty: a step must make it
  bool personal = false;
  bool paper = false;             ///< on paper: who brings it hands it in at every office
  std::optional<DataId> copy_of = {};  ///< the datum that it repeats
};

/// Opening times of one weekday: minutes from midnight, `begin < end <= 1440`.
struct Shift {
  int begin = 0;
  int end = 0;
  friend bool operator==(const Shift&, const Shift&) = default;
};

/// When somebody works. `hours[0]` is Monday.
struct Calendar : Definition {
  std::string timezone = "UTC";
  std::vector<Shift> hours[7];
  std::vector<Date> off;   ///< public holidays
  std::vector<Date> work;  ///< make-up working days: worked with the hours of a Monday
};

/// One row of the authority table: `role` may decide `action` up to `up_to`.
struct Authority {
  RoleId role;
  std::string action;
  std::optional<double> up_to;  ///< none: without limit
  SourceSpan span;              ///< its `[[authority]]` header
  bool shared = false;
};

/// Everything that steps refer to. A document starts with the definitions of its repository and
/// adds its own.
struct Definitions {
  std::vector<Role> roles;
  std::vector<System> systems;
  std::vector<Data> data;
  std::vector<Calendar> calendars;
  std::vector<Authority> authority;

  const Role& operator[](RoleId id) const { return roles[id.index()]; }
  const System& operator[](SystemId id) const { return systems[id.index()]; }
  const Data& operator[](DataId id) const { return data[id.index()]; }
  const Calendar& operator[](CalendarId id) const { return calendars[id.index()]; }
};

}  // namespace gemba::inline model
