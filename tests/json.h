#pragma once
// The one place where tests take the JSON library from: its header is in the precompiled ones.
#include <nlohmann/json.hpp>
