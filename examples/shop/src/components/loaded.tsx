/** Shows something once it is there: a line while it loads, the reason when it does not come. */
import type { ReactNode } from 'react';
import type { Resource } from '../hooks/use-resource.ts';

interface LoadedProps<T> {
  resource: Resource<T>;
  children: (value: T) => ReactNode;
}

export function Loaded<T>({ resource, children }: LoadedProps<T>) {
  if (resource.state === 'loading') return <p>Loading …</p>;
  if (resource.state === 'failed') return <p role="alert">{resource.message}</p>;
  return children(resource.value);
}
