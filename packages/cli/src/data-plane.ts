import { EMBEDDED_DATA_PLANE, envoyDataPlane, type DataPlane } from '@bookinfo/mesh';
import { Option } from 'commander';

/** Returns `--data-plane`, the option for what carries the traffic. */
export function dataPlaneOption(): Option {
  return new Option(
    '--data-plane <name>',
    'proxies in this process, or an Envoy for each of them: that of ENVOY_PATH, else of the PATH',
  )
    .choices(['embedded', 'envoy'] satisfies DataPlane['name'][])
    .default('embedded');
}

/**
 * Returns the data plane of the option's value.
 * @throws {Error} that says how to install Envoy, when it cannot be run.
 */
export async function dataPlaneOf(name: DataPlane['name']): Promise<DataPlane> {
  return name === 'envoy' ? await envoyDataPlane(process.env['ENVOY_PATH'] ?? 'envoy') : EMBEDDED_DATA_PLANE;
}
