# Sourced by up: Bookinfo in its namespace, and its gateway.

install_bookinfo() {
  local deploy="$repository/deploy" workloads=(-f "$repository/deploy/platform/kube/bookinfo.yaml")
  create_namespace "$namespace"
  if [ "$ambient" = true ]; then
    workloads=(-k "$deploy/kustomize/overlays/ambient")
  else
    attempt "the namespace $namespace cannot be labelled" k label namespace "$namespace" istio-injection=enabled --overwrite
  fi
  say "Bookinfo starts in the namespace $namespace"
  attempt 'Bookinfo cannot be installed' k apply -n "$namespace" "${workloads[@]}"
  attempt "Bookinfo's gateway and subsets cannot be installed" k apply -n "$namespace" \
    -f "$deploy/platform/kube/bookinfo-versions.yaml" -f "$deploy/networking/destination-rule-all.yaml" \
    -f "$deploy/gateway-api/bookinfo-gateway.yaml"
  # Without a load balancer the gateway would wait for an address for ever.
  attempt "Bookinfo's gateway cannot be annotated" k annotate -n "$namespace" --overwrite \
    gateways.gateway.networking.k8s.io bookinfo-gateway networking.istio.io/service-type=ClusterIP
  wait_for_deployments "$namespace"
  attempt 'the gateway of Bookinfo does not get ready' k wait -n "$namespace" --for=condition=programmed \
    --timeout=180s gateways.gateway.networking.k8s.io/bookinfo-gateway
  [ "$ambient" = true ] || check_injection
}

# wait_for_deployments NAMESPACE: fails with the reason of the first pod that waits, or the last words of a program that ends.
wait_for_deployments() {
  local deployment reason
  for deployment in $(k get deployments -n "$1" -o name); do
    k rollout status -n "$1" "$deployment" --timeout=300s >/dev/null 2>&1 && continue
    reason="$(k get pods -n "$1" -o 'jsonpath={.items[*].status.containerStatuses[*].state.waiting.message}' | cut -c1-200)"
    case "$reason" in
      back-off*restarting*) reason="it ends with: $(k logs -n "$1" "$deployment" --tail=1 2>&1 | cut -c1-300)" ;;
    esac
    [ -n "$reason" ] || reason="$(k get events -n "$1" --field-selector type=Warning -o 'jsonpath={.items[-1:].message}' | cut -c1-200)"
    fail "$deployment in the namespace $1 does not get ready: ${reason:-kubectl get events -n $1 says why}"
  done
}

# A native sidecar is among the init containers, a classic one among the containers.
check_injection() {
  local plain
  plain="$(k get pods -n "$namespace" -l app --field-selector status.phase=Running \
    -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.initContainers[*].name} {.spec.containers[*].name}{"\n"}{end}' |
    grep -v istio-proxy | grep -v '^ *$' | head -n 1)" || true
  [ -z "$plain" ] ||
    fail "the pod ${plain%% *} has no sidecar: see whether istiod runs, then kubectl rollout restart deployment -n $namespace"
}
