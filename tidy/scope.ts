import type { Node } from 'acorn';
import { childrenOf, field, isFunction, nameOf } from './walk.ts';

/**
 * Where a name means the global of that name: used, and not declared by any function around it or by the file. A name declared
 * anywhere in a function counts as declared in all of it, which errs towards silence.
 */
export function freeNames(tree: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  const go = (node: Node, parent: Node | undefined): void => {
    if ((isFunction(node) || node.type === 'Program') && declares(node, name)) return;
    if (nameOf(node) === name && isUse(node, parent)) found.push(node);
    for (const child of childrenOf(node)) go(child, node);
  };
  go(tree, undefined);
  return found;
}

/** Whether a function or a file has its own meaning of the name. */
function declares(scope: Node, name: string): boolean {
  const params = field<readonly Node[]>(scope, 'params') ?? [];
  if (params.some((param) => binds(param, name))) return true;
  return declaresBelow(scope, name);
}

function declaresBelow(node: Node, name: string): boolean {
  return childrenOf(node).some((child) => {
    if (/^Import.*Specifier$/.test(child.type)) return nameOf(field(child, 'local')) === name;
    if (child.type === 'VariableDeclarator' && binds(field(child, 'id'), name)) return true;
    if (child.type === 'CatchClause' && binds(field(child, 'param'), name)) return true;
    if (/^(Function|Class)Declaration$/.test(child.type) && nameOf(field(child, 'id')) === name) return true;
    return !isFunction(child) && declaresBelow(child, name);
  });
}

/** Whether a pattern (`a`, `{ a }`, `[a]`, `a = 1`, `...a`) gives the name a meaning. */
function binds(pattern: Node | undefined, name: string): boolean {
  if (!pattern) return false;
  if (pattern.type === 'Identifier') return nameOf(pattern) === name;
  if (pattern.type === 'AssignmentPattern') return binds(field(pattern, 'left'), name);
  if (pattern.type === 'Property') return binds(field(pattern, 'value'), name);
  return childrenOf(pattern).some((child) => binds(child, name));
}

/** Not the `name` of `x.name` or of `{ name: … }`. */
function isUse(node: Node, parent: Node | undefined): boolean {
  if (!parent) return true;
  if (field<boolean>(parent, 'computed')) return true;
  if (parent.type === 'MemberExpression') return field(parent, 'property') !== node;
  if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent.type))
    return field(parent, 'value') === node;
  return !/Specifier$/.test(parent.type);
}
