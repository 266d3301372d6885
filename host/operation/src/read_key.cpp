// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"
#include "key_view.h"
#include "operations.h"

namespace sealferry::operation {

Result<wire::KeyList> listKeys(Context& context, const wire::ListKeys&, const Call&) {
  const auto keys = context.keys.keysForSure();
  if (!keys) return passOn(keys);
  wire::KeyList list;
  for (const auto& found : *keys) {
    const auto session = found.backend->open(found.info.serial);
    const auto summary = session ? summaryOf(**session) : Result<wire::KeySummary>(passOn(session));
    if (summary) {
      list.keys.push_back(*summary);
    } else {
      // A key that cannot be read is still there: the user should see it.
      log::writeError(summary.error(), "listKeys");
      list.keys.push_back({found.info.id, found.info.serial, found.info.label, {}, found.info.kind, {}});
    }
  }
  return list;
}

Result<wire::KeyView> readKey(Context& context, const wire::ReadKey& request, const Call& call) {
  const auto session = context.keys.open(request.serial);
  if (!session) return passOn(session);
  // A picture of a seal is worth stealing: only sites that may write seals see it (docs/protocol.md).
  const bool pictures = request.pictures && call.standing.rights.contains(policy::Right::write);
  return viewOf(context, **session, pictures);
}

}  // namespace sealferry::operation
