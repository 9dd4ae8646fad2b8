import { openDatabase } from '@gezhi/storage';
import { benchIntake } from './intake.ts';
const db = await openDatabase({ dataDir: '/tmp/gz-demo', as: 'guest' });
console.log(await benchIntake(db, 18081));
await db.close();
