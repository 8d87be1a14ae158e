#!/bin/sh
# Runs Envoy with the configuration in a folder, as soon as the control plane has written it.
set -eu
trap 'exit 0' TERM INT
until [ -e "$1/bootstrap.json" ]; do sleep 0.1; done
exec envoy --config-path "$1/bootstrap.json" --concurrency 1 --disable-hot-restart \
  --log-level warning --component-log-level main:error
