# The deviations that tools/make-sample-log plants, counted in the rows of the log and by gemba: `COUNT COUNT WHAT`.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
root=../../..
log=$root/sops/logs/refund-2026-03.csv
by_rows=$(awk -F, '
NR > 1 { path[$1] = path[$1] " " $2 " "; amount[$1] = $8; type[$1] = $7 }
function has(c, what) { return index(path[c], " " what " ") > 0 }
function follows(c, first, second) { return path[c] ~ (" " first "  " second " ") }
END {
  for (c in path) {
    kept = type[c] == "质量" || type[c] == "错漏"
    n["skipped 主管复审"] += follows(c, "组长审批", "打印存档")
    n["skipped 打印申请单存档"] += follows(c, "主管审批", "(财务复核|寄回商品)")
    n["swapped 核算退款金额"] += follows(c, "填写台账", "核算金额")
    n["unknown 私下补偿"] += has(c, "私下补偿")
    n["forbidden path 再次登记退款信息"] += kept && follows(c, "确认受理", "再次登记")
    n["forbidden path 转接售后组"] += !kept && has(c, "转接售后")
    n["forbidden path 组长审批"] += amount[c] > 300 && has(c, "组长审批")
    n["forbidden path 口头请示经理"] += amount[c] <= 300 && has(c, "请示经理")
    n["forbidden path 财务复核金额"] += amount[c] > 120 && follows(c, "(主管审批|打印存档)", "财务复核")
  }
  for (what in n) print n[what] "\t" what
}' "$log" | sort -k2)
found=$(gemba replay "$root/sops/as-is/refund-as-is.toml" --log "$log" --exit-zero --format jsonl |
  sed -n 's/.*"kind": *"\([^"]*\)", *"activity": *"\([^"]*\)".*"cases": *\([0-9]*\).*/\1 \2\t\3/p')
echo "$by_rows" | while IFS="$(printf '\t')" read -r count what; do
  echo "$found" | awk -F'\t' -v what="$what" -v count="$count" '$1 == what { print count, $2, what }'
done
