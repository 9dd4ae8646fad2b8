/** The name of a post without that of its unit before it, where both are shown. */
export function shortPost(post: string, unit: string): string {
  const rest = post.startsWith(unit) ? post.slice(unit.length) : post;
  return rest || post;
}
