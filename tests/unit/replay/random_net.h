#pragma once
#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::test {

/// A number below `count`.
inline std::uint32_t pick(std::mt19937& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

/// A net of any shape: weights, choices that are not free, silent loops, labels that several
/// transitions have.
inline LabelledNet random_net(std::mt19937& random) {
  LabelledNet net;
  net.places = 3 + pick(random, 4);
  net.initial = {0};
  net.final = {1};
  const std::size_t count = 3 + pick(random, 6);
  const auto some_places = [&] {
    std::vector<std::uint32_t> places(1 + pick(random, 2));
    for (auto& place : places) place = pick(random, net.places);
    std::sort(places.begin(), places.end());
    return places;
  };
  for (std::size_t i = 0; i < count; ++i) {
    net.transitions.push_back({some_places(), some_places(),
                               pick(random, 4) == 0 ? LabelledNet::silent : pick(random, 4)});
  }
  net.transitions.push_back({{0}, {1}, 0});
  return net;
}

}  // namespace gemba::test
