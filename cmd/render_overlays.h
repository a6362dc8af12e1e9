#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmd/bind/rule_options.h"
#include "cmd/documents.h"
#include "core/model/process.h"
#include "core/render/overlays.h"
#include "core/workspace/check.h"

namespace gemba::inline cmd {

/// Checks documents as `gemba lint` does. By path; without those that cannot be read, about which
/// nothing is said. Standard input is kept in the repository for who reads it next.
std::map<std::string, CheckedProcess> check_documents(const std::vector<std::string>& paths,
                                                      const RuleFlags& rules,
                                                      Repository& repository);

/// Reads another version of a document: with its nearest configuration, and with that
/// of the document where it has none. Its errors are printed; none when it has any.
std::optional<Process> read_other_version(const std::string& other, const ReadDocument& document,
                                          const Repository& repository, Env& env);

/// Throws `UsageError` when models of other tools are among documents whose findings are to be
/// shown: gemba lint does not check them.
void refuse_models(const std::vector<ReadDocument>& documents);

}  // namespace gemba::inline cmd
