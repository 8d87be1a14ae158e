#!/usr/bin/env bash
# Deletes Bookinfo and its rules from a namespace: what bears the label app.kubernetes.io/part-of=bookinfo, and nothing else.
#
#     NAMESPACE=bookinfo deploy/platform/kube/cleanup.sh
#
# Without NAMESPACE it asks for one; an empty line means default. CONTEXT names a context of the kubeconfig other than the current.
set -euo pipefail

if [ -z "${NAMESPACE+set}" ]; then
  read -rp 'namespace ? [default] ' NAMESPACE || true
fi
namespace=${NAMESPACE:-default}

command -v kubectl >/dev/null || { echo 'cleanup: kubectl is not installed or not on the PATH' >&2; exit 1; }
kubectl() { command kubectl ${CONTEXT:+--context "$CONTEXT"} "$@"; }
kubectl get namespace "$namespace" -o name >/dev/null || {
  echo "cleanup: no namespace $namespace can be read in the cluster of the ${CONTEXT:-current} context" >&2
  exit 1
}

# Rules first, so that no request meets a rule without its pods. Kinds whose definitions the cluster lacks are left out.
for kind in \
  virtualservices.networking.istio.io destinationrules.networking.istio.io gateways.networking.istio.io \
  serviceentries.networking.istio.io sidecars.networking.istio.io authorizationpolicies.security.istio.io \
  requestauthentications.security.istio.io peerauthentications.security.istio.io telemetries.telemetry.istio.io \
  httproutes.gateway.networking.k8s.io gateways.gateway.networking.k8s.io \
  ingresses.networking.k8s.io networkpolicies.networking.k8s.io \
  horizontalpodautoscalers.autoscaling poddisruptionbudgets.policy deployments.apps services serviceaccounts secrets; do
  group=${kind#*.}
  [ "$group" = "$kind" ] || [ -n "$(kubectl api-resources --api-group="$group" -o name | grep -Fx "$kind")" ] || continue
  # In the foreground: returns when the pods of a Deployment have ended.
  kubectl delete "$kind" -n "$namespace" -l app.kubernetes.io/part-of=bookinfo --ignore-not-found --cascade=foreground
done

echo 'Application cleanup successful'
