# Sourced by up and down: the ports of this machine that lead into the cluster. A load balancer is not needed.
state="${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/bookinfo-cluster-${UID}"

# A line for each: the name, the port here, the namespace, the Service and its port, the path.
forwards() {
  printf '%s\n' \
    "Bookinfo 8080 $namespace bookinfo-gateway-istio 80 /productpage" \
    "Zipkin 9411 $addons_namespace zipkin 9411 /zipkin/" \
    "Prometheus 9090 $addons_namespace prometheus 9090 /query" \
    "Grafana 3000 $addons_namespace grafana 3000 /" \
    "Kiali 20001 $addons_namespace kiali 20001 /kiali"
}

# Starts a process group for each port, which begins again when a pod is replaced.
start_forwards() {
  local name port space service target path
  stop_forwards
  mkdir -p "$state"
  set -m
  while read -r name port space service target path; do
    while :; do
      kubectl --context "$context" port-forward -n "$space" "service/$service" "$port:$target" || true
      sleep 1
    done </dev/null >"$state/$name.log" 2>&1 &
    echo $! >"$state/$name.pid"
  done < <(forwards)
  set +m
}

stop_forwards() {
  local file
  for file in "$state"/*.pid; do
    [ -e "$file" ] || continue
    kill -- "-$(cat "$file")" 2>/dev/null || true
    rm -f "$file"
  done
}

# Waits for each page, then prints the table.
show_urls() {
  local name port space service target path url tries
  while read -r name port space service target path; do
    url="http://localhost:$port$path" tries=60
    until curl -fsS -o /dev/null --max-time 10 "$url" 2>/dev/null; do
      tries=$((tries - 1))
      [ $tries -gt 0 ] || fail "$name does not respond at $url: $(tail -n 1 "$state/$name.log")"
      sleep 1
    done
  done < <(forwards)
  say ''
  while read -r name port space service target path; do
    printf '%-12shttp://localhost:%s%s\n' "$name" "$port" "$path"
  done < <(forwards)
}
