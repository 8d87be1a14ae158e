# Sourced by up: Zipkin, Prometheus, Grafana and Kiali, in a namespace of their own.

install_addons() {
  say "Zipkin, Prometheus, Grafana and Kiali start in the namespace $addons_namespace"
  create_namespace "$addons_namespace"
  attempt 'the dashboards cannot be installed' k apply -n "$addons_namespace" -k "$repository/deploy/telemetry"
  local addon
  for addon in zipkin prometheus grafana kiali; do
    attempt "$addon cannot be installed" k apply -n "$addons_namespace" -f "$cluster/addons/$addon.yaml"
  done
  if [ "$istio" != theirs ]; then
    attempt 'tracing cannot be switched on' k apply -f "$cluster/addons/tracing.yaml"
  fi
  wait_for_deployments "$addons_namespace"
}
