// Checks a receipt in this browser, with the modules that the service and `gezhi verify` use. Without it the page says what to do instead.
const list = document.querySelector('[data-receipt]');
const words = JSON.parse(list.dataset.words);
const MODULES = '/ledger/verify/ledger/index.ts';

function say(text, good = true) {
  const item = document.createElement('li');
  item.textContent = `${good ? '✓' : '✗'} ${text}`;
  list.append(item);
}

async function bytesOf(path) {
  const answer = await fetch(`${list.dataset.ledger}/${path}`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
}

/** Whether the ledger that is shown now begins with the one of the receipt. */
async function compare(m, then, key) {
  const note = new TextDecoder().decode(await bytesOf('checkpoint'));
  const now = await m.checkAnywhere((by) => m.openCheckpoint(by, note, key), crypto.subtle);
  if (now.refused) return now;
  if (then.size >= now.size) return m.judgeCheckpoint(m.sha256, then, now, []);
  const plan = m.planConsistency(then.size, now.size);
  const tiles = new Map();
  for (const tile of plan.tiles) {
    const whole = { ...tile, width: m.TILE_WIDTH };
    tiles.set(m.tilePath(tile), (await bytesOf(m.tilePath(tile))) ?? (await bytesOf(m.tilePath(whole))));
  }
  const proof = m.proofOf(m.sha256, plan, (tile) => tiles.get(m.tilePath(tile)));
  return m.judgeCheckpoint(m.sha256, then, now, proof);
}

async function check() {
  const [m, receipt] = await Promise.all([
    import(MODULES),
    fetch(list.dataset.receipt).then((answer) => answer.json()),
  ]);
  const key = m.parseVerifierKey(m.sha256, receipt.key);
  const proves = key.refused
    ? key
    : await m.checkAnywhere((by) => m.verifyReceipt(by, receipt, key), crypto.subtle);
  if (proves.refused) return say(words.bad + proves.code, false);
  if (proves.promise)
    say(words.promised + new Date(proves.promise.at).toLocaleString(document.documentElement.lang));
  if (!proves.included) return say(words.waiting);
  const { index, checkpoint } = proves.included;
  say(`${words.included}${index} / ${checkpoint.size}`);
  const verdict = await compare(m, checkpoint, key);
  if (verdict?.refused) say(words.bad + verdict.code, false);
  else say(words.same);
}

list.dataset.state = 'working';
check()
  .catch(() => say(words.unreachable, false))
  .finally(() => {
    list.dataset.state = 'done';
  });
