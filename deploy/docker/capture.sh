#!/bin/sh
# Redirects a pod's TCP connections to its proxy, as Istio's init container does. It runs in the network of the pod, needs
# NET_ADMIN, and changes nothing when it has run there before. Docker's own rules, which its name server depends on, are in the
# same table and stay.
#
# Look at the rules from the pod's init container, which stays stopped:
#
#     docker compose run --rm --no-deps --entrypoint 'iptables -t nat -S' reviews-v1-init
set -eu

# Connections of this user are the proxy's own.
PROXY_UID=1337
OUTBOUND_PORT=15001
INBOUND_PORT=15006
# The proxy connects to its application from this address.
INBOUND_SOURCE=127.0.0.6

nat() { iptables --wait --table nat "$@"; }

# The last rule of all: when it is there, so are the others.
if nat --check OUTPUT --protocol tcp --jump ISTIO_OUTPUT 2>/dev/null; then
  echo 'The connections of this pod are redirected to its proxy already.'
  exit 0
fi

for chain in ISTIO_REDIRECT ISTIO_IN_REDIRECT ISTIO_INBOUND ISTIO_OUTPUT; do
  # One that an interrupted run has left is emptied.
  nat --new-chain "$chain" 2>/dev/null || nat --flush "$chain"
done
nat --append ISTIO_REDIRECT --protocol tcp --jump REDIRECT --to-ports "$OUTBOUND_PORT"
nat --append ISTIO_IN_REDIRECT --protocol tcp --jump REDIRECT --to-ports "$INBOUND_PORT"

# Incoming connections go to the proxy, except those that are meant for the proxy itself: requests with the host in their first
# line (15007) and statistics (15090).
for port in 15007 15090; do
  nat --append ISTIO_INBOUND --protocol tcp --dport "$port" --jump RETURN
done
nat --append ISTIO_INBOUND --protocol tcp --jump ISTIO_IN_REDIRECT

# From the proxy to its application.
nat --append ISTIO_OUTPUT --out-interface lo --source "$INBOUND_SOURCE" --jump RETURN
# From the proxy to its own pod by the name of the Service: as if it came from another pod.
nat --append ISTIO_OUTPUT --out-interface lo ! --destination 127.0.0.1 --protocol tcp \
  --match owner --uid-owner "$PROXY_UID" --jump ISTIO_IN_REDIRECT
# From the application to itself.
nat --append ISTIO_OUTPUT --out-interface lo --match owner ! --uid-owner "$PROXY_UID" --jump RETURN
nat --append ISTIO_OUTPUT --match owner --uid-owner "$PROXY_UID" --jump RETURN
nat --append ISTIO_OUTPUT --destination 127.0.0.1 --jump RETURN
# The proxy of this repository finds the destination of a connection in the request, so that it serves HTTP alone.
if [ "${PROXY:-envoy}" = node ]; then
  for port in 443 3306 27017; do
    nat --append ISTIO_OUTPUT --protocol tcp --dport "$port" --jump RETURN
  done
fi
nat --append ISTIO_OUTPUT --protocol tcp --jump ISTIO_REDIRECT

nat --list PREROUTING --numeric | grep -q ISTIO_INBOUND ||
  nat --append PREROUTING --protocol tcp --jump ISTIO_INBOUND
nat --append OUTPUT --protocol tcp --jump ISTIO_OUTPUT
echo 'The connections of this pod are redirected to its proxy.'
