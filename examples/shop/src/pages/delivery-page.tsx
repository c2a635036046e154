/** How long parcels take. */
import { Loaded } from '../components/loaded.tsx';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { formatCount } from '../lib/format.ts';

export function DeliveryPage() {
  const resource = useResource('lead-times', api.leadTimes);
  return (
    <>
      <h1>Delivery</h1>
      <p>So long do parcels take from our door to yours:</p>
      <Loaded resource={resource}>
        {(leadTimes) => (
          <ul aria-label="Lead times">
            {leadTimes.map(({ country, workingDays }) => (
              <li key={country}>
                {country}: {formatCount(workingDays, 'working day')}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
