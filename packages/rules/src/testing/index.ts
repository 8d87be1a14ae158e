export { bookinfoFiles } from './bookinfo-files.js';
export { INGRESS, pod, PODS, resourcesOf, SIDECAR } from './bookinfo-pods.js';
export { type DeploymentParts, deploymentYaml } from './deployment.js';
