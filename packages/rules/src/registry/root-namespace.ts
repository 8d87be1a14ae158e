/** The namespace of Istio and of resources for the whole mesh (mesh config's rootNamespace). */
export const ROOT_NAMESPACE = 'istio-system';
