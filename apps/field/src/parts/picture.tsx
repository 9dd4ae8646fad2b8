import { type ReactNode, useEffect, useState } from 'react';

/** A picture that lies on this phone. */
export function Picture({ photo, label }: { readonly photo: Blob; readonly label: string }): ReactNode {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return url ? <img className="picture" src={url} alt={label} /> : null;
}
