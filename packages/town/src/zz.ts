import { openInstallation, importFile } from './index.ts';
import { loadProfile } from '@gezhi/connectors';
import { rmSync } from 'node:fs';
rmSync('/tmp/gz-la', {recursive:true, force:true});
const inst = await openInstallation({ dataDir: '/tmp/gz-la', as: 'owner' });
const S='/work/shared/data/';
for (const [f,p,d,layers] of [['teddy-c/附件3.xlsx','messages-zh','zh',undefined],['la-311/MyLA311_2017_Subset.csv.gz','la311','la',{NC:S+'la-311/nc-certified.geojson.gz', CD:S+'la-311/la-city-council-districts-2012.json.gz'}],['nyc-council-casework/casework_2015_2021.csv.gz','nyc-casework','cw',undefined]] as const) {
  const r = await importFile(inst, S+f, loadProfile(p), { district: d, layers, rejects: '/tmp/rej.csv', now: () => Date.now() });
  console.log(f, JSON.stringify({rows:r.rows,accepted:r.accepted,refused:r.refused,cases:r.cases,merged:r.merged,known:r.known,seconds:r.seconds,agreement:r.agreement}));
}
await inst.close();
