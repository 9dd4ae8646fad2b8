import type { FieldDay } from '@gezhi/contract';
import { SketchMap, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import type { Point } from '../near/near.ts';
import { useHere } from '../near/use-here.ts';
import type { ReportWords } from '../outbox/entry.ts';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { Picture } from '../parts/picture.tsx';
import { Scan } from '../parts/scan.tsx';
import { TakePhoto } from '../parts/take-photo.tsx';
import { WORDS } from '../words/words.ts';

const PHOTOS_MAX = 3;

/** What somebody sees on the way: the kind, a picture or a word, send. */
export function ReportScreen(): ReactNode {
  const w = useWords(WORDS);
  const { day } = useKeeper();
  const [search] = useSearchParams();
  const [times, setTimes] = useState(0);
  return (
    <>
      <Head title={w.report.title} />
      <main className="screen">
        {day ? (
          <Report
            key={times}
            day={day}
            asset={search.get('asset') ?? undefined}
            onAgain={() => setTimes(times + 1)}
          />
        ) : (
          <p className="state">{w.tasks.noDay}</p>
        )}
      </main>
    </>
  );
}

type Kind = FieldDay['kinds'][number];
type ReportProps = { readonly day: FieldDay; readonly asset: string | undefined; onAgain(): void };

function Report({ day, asset, onAgain }: ReportProps): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const [kind, setKind] = useState<Kind>();
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <div className="state" role="status">
        <Icon name="check" />
        <p>{w.report.done}</p>
        <p className="hint">{w.report.doneMore}</p>
        <button type="button" onClick={onAgain}>
          {w.report.again}
        </button>
      </div>
    );
  }
  if (day.kinds.length === 0) return <p className="state">{w.report.none}</p>;
  if (kind)
    return (
      <ReportForm
        day={day}
        kind={kind}
        firstAsset={asset}
        onDone={() => setDone(true)}
        onOther={() => setKind(undefined)}
      />
    );
  return (
    <>
      <h2>{w.report.pick}</h2>
      <ul className="tiles">
        {day.kinds.map((one) => (
          <li key={one.code}>
            <button type="button" onClick={() => setKind(one)}>
              {one.name[language]}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

type FormProps = {
  readonly day: FieldDay;
  readonly kind: Kind;
  readonly firstAsset: string | undefined;
  onDone(): void;
  onOther(): void;
};

function ReportForm({ day, kind, firstAsset, onDone, onOther }: FormProps): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { put } = useKeeper();
  const [photos, setPhotos] = useState<readonly Blob[]>([]);
  const [words, setWords] = useState('');
  const [where, setWhere] = useState<Where>(firstAsset ? { asset: firstAsset } : {});
  const said = words.trim();
  const isReady = photos.length > 0 || said !== '';
  const send = async (settled?: string): Promise<void> => {
    const data = { ...reportOf(kind.code, said, where, day), ...(settled ? { settled } : {}) };
    if (await put([{ about: kind.name, deed: { do: 'report', data, photos } }])) onDone();
  };
  return (
    <>
      <div className="picked">
        <h2>{kind.name[language]}</h2>
        <button type="button" className="quiet" onClick={onOther}>
          {w.report.other}
        </button>
      </div>
      {kind.danger && <p className="strip late">{w.report.danger}</p>}
      {kind.photo && photos.length < PHOTOS_MAX && (
        <TakePhoto
          label={photos.length > 0 ? w.report.retake : w.report.photo}
          onPhoto={async (photo) => {
            setPhotos([...photos, photo]);
            return true;
          }}
        />
      )}
      {photos.length > 0 && (
        <div className="pictures">
          {photos.map((photo) => (
            <Picture key={`${photo.size}`} photo={photo} label={w.report.photo} />
          ))}
        </div>
      )}
      <label htmlFor="words">{photos.length > 0 ? w.report.words : w.report.wordsNeeded}</label>
      <textarea
        id="words"
        rows={2}
        maxLength={4000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="button" className="primary settle" disabled={!isReady} onClick={() => void send()}>
        {w.report.send}
      </button>
      <button
        type="button"
        className="settle"
        disabled={!isReady}
        onClick={() => void send(w.one.settleWords)}
      >
        <Icon name="check" />
        {w.report.settled}
      </button>
      {!isReady && <p className="hint">{w.report.need}</p>}
      <PlacePart day={day} where={where} onWhere={setWhere} />
    </>
  );
}

type Where = { readonly point?: Point; readonly asset?: string; readonly by?: 'here' | 'map' };

function reportOf(kind: string, said: string, { point, asset }: Where, day: FieldDay): ReportWords {
  const placeText = point || asset ? undefined : day.place?.name;
  return {
    kind,
    ...(said ? { words: said } : {}),
    ...(point ? { point } : {}),
    ...(asset ? { asset } : {}),
    ...(placeText ? { placeText } : {}),
  };
}

type PlaceProps = { readonly day: FieldDay; readonly where: Where; onWhere(where: Where): void };

/** Where it is: the own grid unless somebody says more. The position of the phone is taken only by the button that says so. */
function PlacePart({ day, where, onWhere }: PlaceProps): ReactNode {
  const w = useWords(WORDS);
  const { here, failed, busy, look } = useHere();
  const [open, setOpen] = useState<'map' | 'scan'>();
  const [wanted, setWanted] = useState(false);
  if (wanted && here && where.by !== 'here') {
    setWanted(false);
    onWhere({ point: here, by: 'here' });
  }
  const press = (): void => {
    setWanted(true);
    look();
  };
  return (
    <section>
      <h2 className="small">{w.report.place}</h2>
      <p>{sayWhere(w, day, where)}</p>
      <div className="buttons">
        <button type="button" onClick={press} disabled={busy}>
          <Icon name="pin" />
          {w.report.here}
        </button>
        {day.sketch && (
          <button
            type="button"
            aria-expanded={open === 'map'}
            onClick={() => setOpen(open === 'map' ? undefined : 'map')}
          >
            {w.report.onMap}
          </button>
        )}
        <button
          type="button"
          aria-expanded={open === 'scan'}
          onClick={() => setOpen(open === 'scan' ? undefined : 'scan')}
        >
          <Icon name="scan" />
          {w.report.scan}
        </button>
      </div>
      <p className="hint">{failed ? w.tasks.noWhere : w.report.hereMore}</p>
      {open === 'map' && day.sketch && (
        <div className="map">
          <SketchMap
            sketch={day.sketch}
            label={w.report.mapLabel}
            marks={where.point ? [{ id: 'here', ...where.point, title: w.report.place, tone: 'good' }] : []}
            onPoint={(point) => onWhere({ point, by: 'map' })}
          />
        </div>
      )}
      {open === 'scan' && (
        <Scan
          assets={day.assets}
          onUse={(asset) => {
            onWhere({ asset });
            setOpen(undefined);
          }}
        />
      )}
    </section>
  );
}

function sayWhere(w: (typeof WORDS)['zh'], { place, assets }: FieldDay, { point, asset, by }: Where): string {
  if (asset) return w.report.asset(assets.find(({ code }) => code === asset)?.name ?? asset);
  if (point) return by === 'here' ? w.report.hereDone : w.report.onMapDone;
  return place ? w.report.grid(place.name) : w.report.unit;
}
