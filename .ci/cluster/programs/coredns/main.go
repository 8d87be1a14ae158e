// CoreDNS with the plugins that a cluster's own configuration names, and no others: those for public clouds would take
// longer to compile than Kubernetes.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/template"
)

// The order in which a query passes the plugins, as in CoreDNS' own plugin.cfg.
func main() {
	dnsserver.Directives = []string{"health", "ready", "errors", "cache", "loadbalance", "template", "kubernetes"}
	coremain.Run()
}
