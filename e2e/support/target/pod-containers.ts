/** The containers of a pod: `reviews-v1`, which holds its network, `reviews-v1-init` and so on. */
const SUFFIXES = ['', '-init', '-proxy', '-app'];

/** A configuration of Compose, as `docker compose config --format json` prints it. */
export interface ComposeConfig {
  services: Record<string, { build?: unknown }>;
}

/** Returns the names of Compose's services that are the pod of a Deployment. */
export function containersOf(deployment: string): string[] {
  return SUFFIXES.map((suffix) => `${deployment}${suffix}`);
}

/** Returns the name of the second pod of a Deployment. */
export function secondOf(deployment: string): string {
  return `${deployment}-2`;
}

/** Returns the configuration with second pods of these Deployments. */
export function withSecondPods(config: ComposeConfig, deployments: readonly string[]): ComposeConfig {
  const seconds = deployments.flatMap((deployment) => {
    const pod = containersOf(deployment).map((name) => [
      name,
      { ...config.services[name], build: undefined },
    ]);
    // The names of containers, also as dependencies and by `network_mode`, and of the folder of the proxy; images stay.
    const names = new RegExp(`"(service:|/dev/shm/|)${deployment}(${SUFFIXES.join('|')})"`, 'g');
    return JSON.parse(JSON.stringify(pod).replaceAll(names, `"$1${secondOf(deployment)}$2"`)) as typeof pod;
  });
  return { ...config, services: { ...config.services, ...Object.fromEntries(seconds) } };
}
