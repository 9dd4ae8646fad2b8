/** Keeps the app itself on the device once it stands there, so that it opens without a network. A kiosk keeps nothing. */
export function keepApp(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  if (new URLSearchParams(location.search).get('kiosk') === '1') return;
  addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/portal/sw.js', { scope: '/portal/' }),
  );
}
