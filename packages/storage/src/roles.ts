import { Fault } from '@gezhi/basis';
import pg from 'pg';

/** Owns every table and the SECURITY DEFINER functions; migrations work as it. Nobody logs in as it. */
export const OWNER_ROLE = 'gezhi_owner';

/** What the service works as: it may do what migrations grant it, which on `fact` is INSERT and SELECT. */
export const SERVICE_ROLE = 'gezhi_service';

const DUPLICATE = new Set(['42710', '42P04', '23505']);

/**
 * Makes the two roles where they are absent, and makes the user of the connection a member of both. On our own server the service
 * logs in as its role, on another one it logs in as the given user and takes the role on (`SET ROLE`).
 *
 * @throws Fault `no-roles` where the user may not; its hint is the SQL that somebody who may has to run
 */
export async function ensureRoles(client: pg.ClientBase, login: boolean): Promise<void> {
  try {
    for (const role of [OWNER_ROLE, SERVICE_ROLE]) {
      await ensureRole(client, role, login && role === SERVICE_ROLE);
    }
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== '42501') throw cause;
    const { rows } = await client.query<{ user: string }>('SELECT quote_ident(current_user) AS "user"');
    throw new Fault('no-roles', `The database user ${rows[0]?.user} may not make the roles Gezhi needs.`, {
      cause,
      hint:
        `Let an administrator run: CREATE ROLE ${OWNER_ROLE}; CREATE ROLE ${SERVICE_ROLE}; ` +
        `GRANT ${OWNER_ROLE}, ${SERVICE_ROLE} TO ${rows[0]?.user};`,
    });
  }
}

async function ensureRole(client: pg.ClientBase, role: string, login: boolean): Promise<void> {
  if (!(await roleExists(client, role))) {
    await unlessThere(client, `CREATE ROLE ${role} ${login ? 'LOGIN' : 'NOLOGIN'}`);
  }
  const { rows } = await client.query<{ member: boolean }>(
    `SELECT pg_has_role(current_user, $1, CASE WHEN current_setting('server_version_num')::int >= 160000
       THEN 'SET' ELSE 'MEMBER' END) AS member`,
    [role],
  );
  if (!rows[0]?.member) await unlessThere(client, `GRANT ${role} TO CURRENT_USER`);
}

async function roleExists(client: pg.ClientBase, role: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  return rowCount === 1;
}

/** Makes the database of this name, owned by the owner role and ordered by code points, where it is absent. */
export async function ensureDatabase(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 1) return;
  await unlessThere(client, `CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${OWNER_ROLE}`);
}

/** Runs a statement that makes something; that another process was faster is as good. */
async function unlessThere(client: pg.ClientBase, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !DUPLICATE.has(error.code ?? '')) throw error;
  }
}
