# Makes a table of the lines of "go test -bench" that compare ours with a peer.
BEGIN {
  form = "%-56s %-28s %9s %9s %7s %6s %-8s %s\n"
  printf "\n" form, "what", "against", "ours s", "peer s", "ratio", "aim", "reached", "memory MiB, ours / peer"
}
# A time that has an aim of its own and no peer.
/^Benchmark/ && / aim_s/ {
  name = $1
  sub(/^Benchmark/, "", name)
  sub(/_against_.*/, "", name)
  sub(/\//, " ", name)
  gsub(/_/, " ", name)
  split("", alone)
  for (i = 3; i < NF; i += 2) alone[$(i + 1)] = $i
  printf form, name, "aim in seconds", sprintf("%.4f", alone["ours_s"]), "-", "-", sprintf("%.1f", alone["aim_s"]), \
    (alone["ours_s"] + 0 <= alone["aim_s"] + 0 ? "yes" : "no"), sprintf("%.0f / -", alone["ours_heap_MiB"])
}
function row(what, against, ours, peer, ratio, aim, heap) {
  printf form, what, against, sprintf("%.4f", ours), sprintf("%.4f", peer), sprintf("%.2f", ratio), \
    aim ? sprintf("%.1f", aim) : "-", aim ? (ratio + 0 >= aim ? "yes" : "no") : "-", heap
}
/^Benchmark/ && / ratio/ {
  name = $1
  sub(/^Benchmark/, "", name)
  sub(/-[0-9]+$/, "", name)
  split(name, sides, "_against_")
  sub(/\//, " ", sides[1])
  gsub(/_/, " ", sides[1])
  gsub(/_/, " ", sides[2])
  split("", value)
  for (i = 3; i < NF; i += 2) value[$(i + 1)] = $i
  aim = value["aim"] + 0
  heap = ""
  if ("ours_heap_MiB" in value) {
    heap = sprintf("%.0f / %s", value["ours_heap_MiB"], ("peer_heap_MiB" in value) ? sprintf("%.0f", value["peer_heap_MiB"]) : "-")
  }
  if ("ours_file_MiB" in value) {
    heap = heap sprintf("; file %.1f / %.1f", value["ours_file_MiB"], value["peer_file_MiB"])
  }
  row(sides[1], sides[2], value["ours_s"], value["peer_s"], value["ratio"], aim, heap)
  if ("ours_p99_s" in value) row(sides[1] ", p99", sides[2], value["ours_p99_s"], value["peer_p99_s"], value["peer_p99_s"] / value["ours_p99_s"], 0.5, "")
}
/^Benchmark/ && / overhead_ms/ {
  name = $1
  sub(/^Benchmark/, "", name)
  sub(/-[0-9]+$/, "", name)
  sub(/\//, " ", name)
  gsub(/_/, " ", name)
  split("", value)
  for (i = 3; i < NF; i += 2) value[$(i + 1)] = $i
  isolation = isolation sprintf("%-56s %10.3f %10.3f %10.3f %-8s\n", name, value["scoped_ms"], value["alone_ms"], value["overhead_ms"], value["overhead_ms"] + 0 <= 0.15 ? "yes" : "no")
}
END {
  if (isolation != "") printf "\n%-56s %10s %10s %10s %-8s\n%s", "what", "scoped ms", "alone ms", "more ms", "reached", isolation
}
