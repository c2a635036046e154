/** Something that is loaded from the server, and again whenever `key` changes. */
import { useEffect, useRef, useState } from 'react';

export type Resource<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; message: string };

export function useResource<T>(key: string, load: () => Promise<T>): Resource<T> {
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' });
  const latest = useRef(load);
  latest.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to load again
  useEffect(() => {
    let isWanted = true;
    latest.current().then(
      (value) => isWanted && setResource({ state: 'ready', value }),
      (error) => isWanted && setResource({ state: 'failed', message: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [key]);

  return resource;
}
