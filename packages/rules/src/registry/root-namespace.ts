/** Where Istio itself lives, and where what is meant for the whole mesh is written (mesh config's rootNamespace). */
export const ROOT_NAMESPACE = 'istio-system';
