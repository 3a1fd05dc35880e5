/**
 * The name of an image without what a reference may leave out or add: the registry every reference defaults to, its
 * `library/`, tag and digest. `docker.io/library/traefik:v3.7` → `traefik`.
 */
export function imageName(reference: string): string {
  const withoutDigest = reference.replace(/@.*$/, '');
  const withoutTag = withoutDigest.replace(/:[^:/]*$/, '');
  return withoutTag.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}
