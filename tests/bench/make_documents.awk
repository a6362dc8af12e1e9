# Writes COUNT process documents of 30 steps, without a fault, to the folder PLACE (beside a gemba.toml of `sops`):
#   awk -v count=1000 -v place=FOLDER -f make_documents.awk
function step(id, name, kind, rest) {
  printf "\n[[step]]\nid     = \"%s\"\nname   = \"%s\"\n", id, name >file
  if (kind != "") printf "kind   = \"%s\"\n", kind >file
  printf "%s", rest >file
}
function work(number, last,   next_step) {
  next_step = number == last ? "done" : "s" (number + 1)
  if (number % 9 == 5)
    step("s" number, "金额在谁的权限内? " number, "decision", "role   = \"agent\"\nneeds  = [\"amount\"]\nnext = [\n" \
      "  { to = \"s" number + 1 "\", when = \"amount > 50 and amount <= 300\", label = \"50–300 元\", share = 0.3 },\n" \
      "  { to = \"s" number + 2 "\", when = \"amount <= 50 or amount > 300\", label = \"其他\", share = 0.7 },\n]\n")
  else if (number % 9 == 6)
    step("s" number, "组长审批第 " number " 项", "approval", "role   = \"lead\"\nsystem = \"oa\"\nneeds  = [\"amount\"]\napproves = \"refund\"\n" \
      "amount = \"amount\"\ntime   = \"2m\"\nwait   = \"40m\"\nsla    = \"8bh\"\nnext = [\n" \
      "  { to = \"" next_step "\", when = \"approved\",     label = \"同意\", share = 0.9 },\n" \
      "  { to = \"s1\", when = \"not approved\", label = \"驳回\", share = 0.1 },\n]\n")
  else
    step("s" number, "核对第 " number " 项材料", "", "role   = \"" (number % 7 == 3 ? "lead" : "agent") "\"\nsystem = \"oms\"\nneeds  = [\"order_no\"]\n" \
      (number == 1 ? "makes  = [\"amount\"]\n" : "") \
      "time   = { min = \"1m\", mode = \"2m\", max = \"5m\" }\nsla    = \"4bh\"\nscript = \"您好,我正在核对您的第 " number " 项材料,大约需要两分钟。\"\n" \
      "note   = \"材料不全时先补材料,不要退回给上一步。\"\nnext   = \"" next_step "\"\n")
}
BEGIN {
  for (document = 1; document <= count; ++document) {
    file = sprintf("%s/sop-%05d.toml", place, document)
    printf "# 第 %d 份流程\n\n[sop]\nid        = \"sop-%05d\"\ntitle     = \"流程 %d\"\nversion   = \"1.0\"\nstatus    = \"active\"\nowner     = \"lead\"\n" \
      "effective = 2026-05-01\nreview_by = 2027-04-30\ntrigger   = \"顾客提出第 %d 类申请\"\ngoal      = \"24 小时内办结\"\nvolume    = \"300 / week\"\n" \
      "\n[data.amount]\nname = \"核定金额\"\n", document, document, document, document >file
    step("apply", "提出申请", "start", "role   = \"customer\"\nnext   = \"s1\"\n")
    for (number = 1; number <= 28; ++number) work(number, 28)
    step("done", "办结", "end", "role   = \"agent\"\n")
    close(file)
  }
}
