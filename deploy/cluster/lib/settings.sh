# Sourced by up and down: versions and names.
istio_version=1.31.4
# The first whose AuthorizationPolicy has the field serviceAccounts, which policy/authorization-allow-edges.yaml uses.
oldest_istio=1.25
gateway_api=https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.0/standard-install.yaml
kind_cluster=bookinfo
addons_namespace=bookinfo-addons
# What up has made bears this label, and down takes away nothing else.
mark=app.kubernetes.io/managed-by
marked=$mark=bookinfo-cluster

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
cluster="$repository/deploy/cluster"
program="${0##*/}"
context=
namespace=bookinfo
